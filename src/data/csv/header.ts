// Whether the first row of a table names its columns.
import type { Cells } from './cells.ts';
import { finiteIn, notationOf, type Notation } from './notation.ts';
import { isMissing, nonfiniteOf } from './numbers.ts';

type Rows = readonly (readonly string[])[];

/** Enough rows to tell. */
const seenRows = 50;
const [firstYear, lastYear] = [1900, 2100];

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= firstYear && value <= lastYear;
}

function areAscending(values: readonly number[]): boolean {
  return values.every((value, k) => k === 0 || value > (values[k - 1] ?? NaN));
}

/** Whole numbers of years, each later than the one before, as a table with a column per year has them for names. */
export function areYears(values: readonly number[]): boolean {
  return values.every(isYear) && areAscending(values);
}

/** A column with a number in the first row. */
interface Numbered {
  readonly first: number;
  /** The numbers below. */
  readonly below: readonly number[];
}

function isOutside({ first, below }: Numbered): boolean {
  return below.every((value) => value < first) || below.every((value) => value > first);
}

/** Years above numbers that are none. */
function namesYears(numbered: readonly Numbered[]): boolean {
  if (!areYears(numbered.map(({ first }) => first))) return false;
  if (numbered.length === 1) return numbered.every(isOutside);
  const below = numbered.flatMap((column) => column.below);
  return 2 * below.filter(isYear).length < below.length;
}

/** More words above numbers than numbers; or numbers beside them that count columns, or are unlike those below. */
function namesBoth(words: number, numbered: readonly Numbered[]): boolean {
  const values = numbered.map(({ first }) => first);
  const areCounted = values.length > 1 && values.every(Number.isInteger) && areAscending(values);
  if (words > values.length) return true;
  return words > 0 && (areCounted || (words === values.length && numbered.every(isOutside)));
}

function numbersBelow(below: Rows, column: number, notation: Notation): readonly number[] {
  return below.flatMap((row) => finiteIn(row[column] ?? '', notation) ?? []);
}

/** What each name stands above; an empty cell names nothing, and says nothing. */
function overNumbers(first: readonly string[], below: Rows, notations: readonly Notation[]) {
  const numbered: Numbered[] = [];
  let words = 0;
  notations.forEach((notation, column) => {
    const cell = first[column] ?? '';
    if (isMissing(cell)) return;
    const numbers = numbersBelow(below, column, notation);
    const value = nonfiniteOf(cell) ?? finiteIn(cell, notation);
    if (value !== undefined) numbered.push({ first: value, below: numbers });
    else if (below.length > 0 && 5 * numbers.length >= 4 * below.length) words++;
  });
  return { numbered, words };
}

/** It has no number where numbers stand below; or is unlike every row; or its numbers are names, as years are. */
export function guessHeader({ rows }: Pick<Cells, 'rows'>, decimalComma: boolean): boolean {
  const [first = [], ...below] = rows.slice(0, seenRows);
  const notations = first.map((_, column) => notationOf(below, column, 0, decimalComma));
  const { numbered, words } = overNumbers(first, below, notations);
  if (numbered.length > 0) return below.length > 0 && (namesYears(numbered) || namesBoth(words, numbered));
  const isNumber = (cell: string, column: number) =>
    nonfiniteOf(cell) !== undefined ||
    notations.some((notation, place) => place === column && finiteIn(cell, notation) !== undefined);
  return (
    below.length === 0 ||
    below.some((row) => row.some(isNumber)) ||
    first.every((cell, column) => cell.trim() === '' || below.every((row) => row[column] !== cell))
  );
}
