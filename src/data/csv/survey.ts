// What a table's columns seem to be: guessed from their cells, for a person to correct.
import type { Cells } from './cells.ts';
import { fingerprintOf } from './fingerprint.ts';
import { finiteOf, hasDecimalComma, isMissing, nonfiniteOf } from './numbers.ts';

/** n = a number as input, c = a category as input, t = the target, x = left out. */
export type Role = 'n' | 'c' | 't' | 'x';

export interface ColumnSurvey {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'text' | 'id';
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

function isNumber(cell: string, decimalComma: boolean): boolean {
  return finiteOf(cell, decimalComma) !== undefined || nonfiniteOf(cell) !== undefined;
}

/** The first row names columns: none of its cells is a number, and it is not like what stands below. */
function guessHeader({ rows }: Cells, decimalComma: boolean): boolean {
  const [first = [], ...below] = rows.slice(0, 50);
  if (first.some((cell) => isNumber(cell, decimalComma))) return false;
  if (below.length === 0) return false;
  const hasNumbers = first.some((_, column) =>
    below.some((row) => isNumber(row[column] ?? '', decimalComma)),
  );
  return hasNumbers || first.every((cell, column) => below.every((row) => row[column] !== cell));
}

/** Cells that can only be numbers with a comma, and none that has a point. */
function guessDecimalComma({ rows, delimiter }: Cells): boolean {
  if (delimiter === ',') return false;
  const cells = rows.slice(0, 200).flat();
  const commas = cells.filter(hasDecimalComma).length;
  return commas > 0 && commas > cells.filter((cell) => /^\s*-?\d+\.\d+\s*$/.test(cell)).length;
}

interface Count {
  readonly values: Set<string>;
  numbers: number;
  missing: number;
  nonfinite: number;
}

function countColumn(rows: readonly (readonly string[])[], column: number, decimalComma: boolean): Count {
  const count: Count = { values: new Set(), numbers: 0, missing: 0, nonfinite: 0 };
  for (const row of rows) {
    const cell = row[column] ?? '';
    if (isMissing(cell)) count.missing++;
    else if (nonfiniteOf(cell) !== undefined) count.nonfinite++;
    else {
      if (finiteOf(cell, decimalComma) !== undefined) count.numbers++;
      if (count.values.size <= mostDistinct) count.values.add(cell.trim());
    }
  }
  return count;
}

/** Whole numbers one after another, or a name that says so. */
function isId(name: string, count: Count, rows: readonly (readonly string[])[], column: number): boolean {
  const present = rows.length - count.missing - count.nonfinite;
  const isUnique = count.values.size === Math.min(present, mostDistinct + 1);
  if (!isUnique || present < 3) return false;
  if (idNames.test(name)) return true;
  const head = rows.slice(0, seenRows).map((row) => Number(row[column]));
  return head.every((value, index) => index === 0 || value === (head[index - 1] ?? NaN) + 1);
}

function surveyColumn(
  rows: readonly (readonly string[])[],
  name: string,
  column: number,
  decimalComma: boolean,
): ColumnSurvey {
  const count = countColumn(rows, column, decimalComma);
  const present = rows.length - count.missing - count.nonfinite;
  const isNumeric = present > 0 && count.numbers * 100 >= mostlyNumbers * present;
  const categories = Math.min(mostCategories, Math.max(2, rows.length / 2));
  const kind = isId(name, count, rows, column)
    ? 'id'
    : isNumeric
      ? 'number'
      : count.values.size <= categories
        ? 'category'
        : 'text';
  return {
    name,
    kind,
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
  const decimalComma = reading.decimalComma ?? guessDecimalComma(cells);
  const header = reading.header ?? guessHeader(cells, decimalComma);
  const rows = header ? cells.rows.slice(1) : cells.rows;
  const columns = columnNames(cells, header).map((name, column) =>
    surveyColumn(rows, name, column, decimalComma),
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
