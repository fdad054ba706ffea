// What a remedy is called where no button stands: without the step that it goes back to.
import type { Remedy, RemedyContext } from '../remedies/remedy.ts';

/** “Add batch norm”; where the rewind is all of it, “Go back to the best checkpoint and stop there”. */
export function remedyName(remedy: Remedy, context: RemedyContext): string {
  const text = remedy.title(context);
  if (remedy.starts === 'best') return `Go back to the best checkpoint ${text}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
