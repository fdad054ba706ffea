// What stands in the cells of one column: its values, how many of them are numbers, and what says that there is nothing.
import { finiteIn, type Notation } from './notation.ts';
import { isMissing, isMissingWord, nonfiniteOf } from './numbers.ts';
import { meaningOf } from './spellings.ts';

type Rows = readonly (readonly string[])[];

export interface Count {
  /** Different spellings, missing ones aside; counted up to one above `mostDistinct`. */
  readonly values: ReadonlySet<string>;
  /** Different values, however spelt. */
  readonly distinct: number;
  /** Nearly all of its cells are numbers. */
  readonly numeric: boolean;
  readonly missing: number;
  /** NaN and infinity: they count as missing. */
  readonly nonfinite: number;
  /** What is written in cells that say that there is nothing, and in how many. */
  readonly marks: ReadonlyMap<string, number>;
}

export const mostDistinct = 1000;
/** So many cells of a hundred must be numbers for the rest to be mistakes. */
const mostlyNumbers = 80;

/** A cell that says that there is nothing: “None” does so among numbers only. */
export function isAbsent(cell: string, numeric: boolean): boolean {
  return (numeric ? isMissing(cell) : isMissingWord(cell)) || nonfiniteOf(cell) !== undefined;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Of the rows from `first` on. */
export function countColumn(rows: Rows, column: number, first: number, notation: Notation): Count {
  const values = new Set<string>();
  const marks = new Map<string, number>();
  /** “None”, until it is known what it says. */
  const nones = new Map<string, number>();
  let [numbers, present, missing, nonfinite] = [0, 0, 0, 0];
  for (let k = first; k < rows.length; k++) {
    const cell = (rows[k]?.[column] ?? '').trim();
    if (isMissingWord(cell)) {
      missing++;
      if (cell !== '') add(marks, cell);
    } else if (isMissing(cell)) add(nones, cell);
    else if (nonfiniteOf(cell) !== undefined) {
      nonfinite++;
      add(marks, cell);
    } else {
      present++;
      if (finiteIn(cell, notation) !== undefined) numbers++;
      if (values.size <= mostDistinct) values.add(cell);
    }
  }
  const numeric = present > 0 && numbers * 100 >= mostlyNumbers * present;
  for (const [word, cells] of nones) {
    if (numeric) {
      missing += cells;
      marks.set(word, cells);
    } else values.add(word);
  }
  const distinct = new Set([...values].map(meaningOf)).size;
  return { values, distinct, numeric, missing, nonfinite, marks };
}
