// Of notes that say the same of many columns, a few.
import { counted } from '../../core/wording.ts';

const most = 3;

export function fewNotes(notes: readonly string[]): readonly string[] {
  const more = notes.length - most;
  return more > 0 ? [...notes.slice(0, most), `So it is in ${counted(more, 'more column')}.`] : notes;
}
