// Puts text where it can be pasted, and says so, or why not.
import type { Playground } from '../state/playground.svelte.ts';

/** @param name what it is: “the rule” */
export async function copyText({ notices }: Playground, text: string, name: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notices.add(`Copied ${name}.`);
  } catch {
    notices.add('The browser does not let this page copy. Select the text and copy it by hand.');
  }
}
