// Hands files and text over: as a download, as a zip, to the clipboard; where the clipboard is forbidden the text is shown.
import type { Playground } from '../state/playground.svelte.ts';

export function download(name: string, content: Blob | string): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function bytesOf(content: Blob | string): Promise<Uint8Array> {
  return new Uint8Array(await new Blob([content]).arrayBuffer());
}

/** All files as one zip. Not in a thread of its own: the page's policy allows none that is made from text. */
export async function zipped(files: ReadonlyMap<string, Blob | string>): Promise<Blob> {
  const { zipSync } = await import('fflate');
  const entries: Record<string, Uint8Array> = {};
  for (const [name, content] of files) entries[name] = await bytesOf(content);
  return new Blob([Uint8Array.from(zipSync(entries))], { type: 'application/zip' });
}

/** Whether it is there now; where it is not, the drawer shows the text to copy by hand. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A PNG to paste into a document or a chat. @returns whether the browser allows that */
export async function copiedPicture({ notices }: Playground, png: Promise<Blob>): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    notices.add('Copied the picture.');
    return true;
  } catch {
    return false;
  }
}
