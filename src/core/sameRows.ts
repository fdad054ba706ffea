// Whether two runs computed the same: rows compared bit by bit, so that NaN equals itself.
import type { Rows } from './layout.ts';

export interface Sameness {
  /** Rows that both have. */
  readonly rows: number;
  readonly equal: number;
}

/** Compares rows of one layout, the first with the first. @param except signals that may differ */
export function sameRows(a: Rows, b: Rows, except: readonly string[]): Sameness {
  const { columns, width, presenceWords } = a.layout;
  const compared = columns.flatMap(({ signal }, column) => (except.includes(signal) ? [] : [column]));
  const rows = Math.min(a.count, b.count);
  const isEqual = (row: number): boolean =>
    a.step(row) === b.step(row) &&
    compared.every((column) => {
      if (a.has(row, column) !== b.has(row, column)) return false;
      const word = row * width + 1 + presenceWords + column;
      return !a.has(row, column) || a.words[word] === b.words[word];
    });
  let equal = 0;
  for (let row = 0; row < rows; row++) if (isEqual(row)) equal++;
  return { rows, equal };
}
