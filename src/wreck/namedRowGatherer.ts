// Rows of named values become columns in the order in which their names appear.
import { counted, whole } from '../core/wording.ts';
import { limits, type TableProblem } from '../data/csv/problem.ts';
import type { NamedRows } from './logTable.ts';

export class NamedRowGatherer {
  readonly #columns = new Map<string, number>();
  readonly #rows: (readonly string[])[] = [];
  readonly #lines: number[] = [];
  readonly #counts: NamedRows['counts'];

  /** @param counts what the numbers of `add` are */
  constructor(counts: NamedRows['counts']) {
    this.#counts = counts;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** @param place of the row, from 1 */
  add(values: Iterable<readonly [name: string, cell: string]>, place: number): void {
    const row: string[] = [];
    for (const [name, cell] of values) {
      const column = this.#columns.get(name) ?? this.#columns.size;
      this.#columns.set(name, column);
      while (row.length < column) row.push('');
      row[column] = cell;
    }
    this.#rows.push(row);
    this.#lines.push(place);
  }

  /** More than is read. */
  problem(): TableProblem | undefined {
    if (this.#rows.length > limits.rows)
      return { reason: `at most ${whole(limits.rows)} rows are read. Keep a sample of them.` };
    if (this.#columns.size > limits.columns)
      return { reason: `It has ${counted(this.#columns.size, 'name')}; at most ${limits.columns} are read.` };
    return undefined;
  }

  take(notes: readonly string[]): NamedRows {
    return {
      names: [...this.#columns.keys()],
      rows: this.#rows,
      lines: this.#lines,
      counts: this.#counts,
      notes,
    };
  }
}
