// A log with a row per step and signal, as TensorBoard and databases write it.
import { counted } from '../core/wording.ts';
import type { NamedRows } from './logTable.ts';
import { nameInRun } from './runName.ts';

const mostTags = 200;

/** Columns of a long table; −1 = there is none. */
interface LongColumns {
  readonly tag: number;
  readonly step: number;
  readonly value: number;
  readonly run: number;
}

/** The signals of every run: of two training runs with one tag, the later is named with its run. */
class RunTags {
  readonly names = new Set(['step']);
  readonly #places = new Map<string, number>();

  placeOf(run: string, tag: string): number {
    const key = `${run}\n${tag}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const name = nameInRun(run.trim(), tag.trim());
    const place = this.#places.size + 1;
    this.#places.set(key, place);
    this.names.add(this.names.has(name) ? `${name} (${run.trim()})` : name);
    return place;
  }
}

/** A row per step and tag becomes a column per tag of a run. */
export function widened(read: NamedRows, columns: LongColumns): NamedRows {
  const tags = new RunTags();
  const rows = read.rows.map((row) => {
    const place = tags.placeOf(row[columns.run] ?? '', row[columns.tag] ?? '');
    const cells = [row[columns.step] ?? ''];
    if (place > mostTags) return cells;
    while (cells.length < place) cells.push('');
    cells.push(row[columns.value] ?? '');
    return cells;
  });
  const tagCount = tags.names.size - 1;
  const note = `Only the first ${mostTags} of ${counted(tagCount, 'signal')} are read.`;
  return {
    ...read,
    names: [...tags.names].slice(0, mostTags + 1),
    rows,
    notes: tagCount > mostTags ? [...read.notes, note] : read.notes,
  };
}
