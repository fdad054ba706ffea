// What a table's columns seem to be: guessed from their cells, for a person to correct.
import type { Cells } from './cells.ts';
import { fingerprintOf } from './fingerprint.ts';
import { finiteIn, guessTableComma, notationOf, type Notation } from './notation.ts';
import { isMissing, nonfiniteOf } from './numbers.ts';

/** n = a number as input, c = a category as input, t = the target, x = left out. */
export type Role = 'n' | 'c' | 't' | 'x';

export interface ColumnSurvey {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'text' | 'id';
  /** Nearly all of its cells are numbers, whatever it seems to be for. */
  readonly numeric: boolean;
  /** Different values, missing ones aside; counted up to `mostDistinct`. */
  readonly distinct: number;
  readonly missing: number;
  /** NaN and infinity: they count as missing. */
  readonly nonfinite: number;
  readonly examples: readonly string[];
}

export interface Survey {
  readonly fingerprint: string;
  readonly delimiter: string;
  readonly header: boolean;
  readonly decimalComma: boolean;
  /** Rows without the header. */
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly roles: readonly Role[];
  readonly notes: readonly string[];
}

export const mostDistinct = 1000;
export const mostClasses = 10;
const mostCategories = 20;
const seenRows = 1000;
/** So many cells of a hundred must be numbers for the rest to be mistakes. */
const mostlyNumbers = 80;
const targetNames = /^(?:target|label|class|category|species|outcome|diagnosis|result|survived)$/i;
const idNames = /(?:^|[\s_-])(?:id|index|uuid|key|nr)$|^(?:#|unnamed: 0|)$/i;

/** Names of columns: those that stand twice are told apart, and those without one numbered. */
export function columnNames({ rows }: Pick<Cells, 'rows'>, header: boolean): readonly string[] {
  const used = new Set<string>();
  return (rows[0] ?? []).map((cell, index) => {
    const name = (header ? cell.trim() : '') || `column ${index + 1}`;
    let own = name;
    for (let count = 2; used.has(own); count++) own = `${name} (${count})`;
    used.add(own);
    return own;
  });
}

function isNumber(cell: string, notation: Notation): boolean {
  return finiteIn(cell, notation) !== undefined || nonfiniteOf(cell) !== undefined;
}

/** The first row names columns: none of its cells is a number, and it is not like what stands below. */
function guessHeader({ rows }: Cells, decimalComma: boolean): boolean {
  const [first = [], ...below] = rows.slice(0, 50);
  const notations = first.map((_, column) => notationOf(below, column, 0, decimalComma));
  const isNumberIn = (row: readonly string[]) =>
    notations.map((notation, column) => isNumber(row[column] ?? '', notation));
  if (isNumberIn(first).includes(true)) return false;
  return (
    below.length === 0 ||
    below.some((row) => isNumberIn(row).includes(true)) ||
    first.every((cell, column) => below.every((row) => row[column] !== cell))
  );
}

type Rows = readonly (readonly string[])[];

interface Count {
  readonly values: Set<string>;
  numbers: number;
  missing: number;
  nonfinite: number;
}

function countColumn(rows: Rows, column: number, notation: Notation): Count {
  const count: Count = { values: new Set(), numbers: 0, missing: 0, nonfinite: 0 };
  for (const row of rows) {
    const cell = row[column] ?? '';
    if (isMissing(cell)) count.missing++;
    else if (nonfiniteOf(cell) !== undefined) count.nonfinite++;
    else {
      if (finiteIn(cell, notation) !== undefined) count.numbers++;
      if (count.values.size <= mostDistinct) count.values.add(cell.trim());
    }
  }
  return count;
}

interface Column {
  readonly name: string;
  /** As it stands in the table; absent = the first row names no columns. */
  readonly heading: string | undefined;
  readonly place: number;
  readonly notation: Notation;
}

/** Text or whole numbers under a heading that says so; or whole numbers one after another. */
function isId(rows: Rows, { heading, place, notation }: Column, { values }: Count, present: number): boolean {
  const isUnique = values.size === Math.min(present, mostDistinct + 1);
  if (!isUnique || present < 3) return false;
  const head = rows.slice(0, seenRows).map((row) => row[place] ?? '');
  if (heading !== undefined && idNames.test(heading.trim()))
    return head.every((cell) => Number.isInteger(finiteIn(cell, notation) ?? 0));
  const numbers = head.map(Number);
  return numbers.every((value, index) => index === 0 || value === (numbers[index - 1] ?? NaN) + 1);
}

function surveyColumn(rows: Rows, column: Column): ColumnSurvey {
  const { name, place, notation } = column;
  const count = countColumn(rows, place, notation);
  const present = rows.length - count.missing - count.nonfinite;
  const numeric = present > 0 && count.numbers * 100 >= mostlyNumbers * present;
  const categories = Math.min(mostCategories, Math.max(2, rows.length / 2));
  const kind = isId(rows, column, count, present)
    ? 'id'
    : numeric
      ? 'number'
      : count.values.size <= categories
        ? 'category'
        : 'text';
  return {
    name,
    kind,
    numeric,
    distinct: count.values.size,
    missing: count.missing,
    nonfinite: count.nonfinite,
    examples: [...count.values].slice(0, 3).map((value) => value.slice(0, 40)),
  };
}

/** By its name; else the last column with few values; else the last that is any use. */
function guessTarget(columns: readonly ColumnSurvey[]): number {
  const fits = ({ kind, distinct }: ColumnSurvey) => kind !== 'id' && kind !== 'text' && distinct >= 2;
  const named = columns.findIndex((column) => targetNames.test(column.name) && fits(column));
  if (named >= 0) return named;
  const few = columns.findLastIndex(
    (column) => fits(column) && column.kind === 'category' && column.distinct <= mostClasses,
  );
  return few >= 0 ? few : columns.findLastIndex(fits);
}

const roleOfKind = { number: 'n', category: 'c', text: 'x', id: 'x' } as const;

function guessRoles(columns: readonly ColumnSurvey[]): readonly Role[] {
  const target = guessTarget(columns);
  return columns.map(({ kind, distinct }, index) =>
    index === target ? 't' : distinct < 2 ? 'x' : roleOfKind[kind],
  );
}

/** What a person has corrected; absent = guessed. */
export interface Reading {
  readonly header?: boolean | undefined;
  readonly decimalComma?: boolean | undefined;
}

export function surveyOf(cells: Cells, reading: Reading = {}): Survey {
  const decimalComma = reading.decimalComma ?? guessTableComma(cells.rows, cells.delimiter);
  const header = reading.header ?? guessHeader(cells, decimalComma);
  const rows = header ? cells.rows.slice(1) : cells.rows;
  const columns = columnNames(cells, header).map((name, place) =>
    surveyColumn(rows, {
      name,
      heading: header ? cells.rows[0]?.[place] : undefined,
      place,
      notation: notationOf(rows, place, 0, decimalComma),
    }),
  );
  return {
    fingerprint: fingerprintOf(cells.rows),
    delimiter: cells.delimiter,
    header,
    decimalComma,
    rows: rows.length,
    columns,
    roles: guessRoles(columns),
    notes: cells.notes,
  };
}
