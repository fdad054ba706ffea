// What a table's columns seem to be: guessed from their cells, for a person to correct.
import type { Cells } from './cells.ts';
import { countColumn, isAbsent } from './countColumn.ts';
import { fingerprintOf } from './fingerprint.ts';
import { guessTarget } from './guessTarget.ts';
import { guessHeader } from './header.ts';
import { countsRows, isIdByName, type Column } from './idColumn.ts';
import { guessTableComma, notationOf } from './notation.ts';
import type { MissingWay } from './plan.ts';

/** n = a number as input, c = a category as input, t = the target, x = left out. */
export type Role = 'n' | 'c' | 't' | 'x';

export interface ColumnSurvey {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'text' | 'id';
  /** Nearly all of its cells are numbers, whatever it seems to be for. */
  readonly numeric: boolean;
  /** Different values, missing ones aside, however spelt; counted up to `mostDistinct`. */
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
  /** What to do about missing values, at first. */
  readonly missing: MissingWay;
  readonly notes: readonly string[];
}

const mostCategories = 20;
const roleOfKind = { number: 'n', category: 'c', text: 'x', id: 'x' } as const;

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

type Rows = readonly (readonly string[])[];

function surveyColumn(rows: Rows, column: Column): ColumnSurvey {
  const { name, place, notation } = column;
  const count = countColumn(rows, place, 0, notation);
  const { numeric, distinct, missing, nonfinite } = count;
  const categories = Math.min(mostCategories, Math.max(2, rows.length / 2));
  const kind = isIdByName(rows, column, count, rows.length - missing - nonfinite)
    ? 'id'
    : numeric
      ? 'number'
      : distinct <= categories
        ? 'category'
        : 'text';
  const examples = [...count.values].slice(0, 3).map((value) => value.slice(0, 40));
  return { name, kind, numeric, distinct, missing, nonfinite, examples };
}

/** What counts the rows is no input, as long as an input is left beside the target. */
function withoutCounter(
  rows: Rows,
  columns: readonly Column[],
  surveys: readonly ColumnSurvey[],
): readonly ColumnSurvey[] {
  const [column, ...others] = columns;
  const left = surveys.slice(1).filter(({ kind, distinct }) => roleOfKind[kind] !== 'x' && distinct >= 2);
  if (!column || others.length === 0 || left.length < 2 || !countsRows(rows, column)) return surveys;
  return surveys.map((one, place) => (place === 0 ? { ...one, kind: 'id' } : one));
}

function guessRoles(columns: readonly ColumnSurvey[]): readonly Role[] {
  const target = guessTarget(columns);
  return columns.map(({ kind, distinct }, index) =>
    index === target ? 't' : distinct < 2 ? 'x' : roleOfKind[kind],
  );
}

/** Filled in where leaving rows out would cost more than a third of those that have a target. */
function guessMissing(rows: Rows, columns: readonly ColumnSurvey[], roles: readonly Role[]): MissingWay {
  const absent = (row: readonly string[], place: number) =>
    isAbsent(row[place] ?? '', columns[place]?.numeric ?? false);
  const target = roles.indexOf('t');
  const inputs = columns.flatMap(({ missing, nonfinite }, place) =>
    (roles[place] === 'n' || roles[place] === 'c') && missing + nonfinite > 0 ? [place] : [],
  );
  const taught = rows.filter((row) => !absent(row, target));
  const lost = taught.filter((row) => inputs.some((place) => absent(row, place))).length;
  return 3 * lost > taught.length ? 'fill' : 'leave-out';
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
  const named: readonly Column[] = columnNames(cells, header).map((name, place) => ({
    name,
    heading: header ? cells.rows[0]?.[place] : undefined,
    place,
    notation: notationOf(rows, place, 0, decimalComma),
  }));
  const columns = withoutCounter(
    rows,
    named,
    named.map((column) => surveyColumn(rows, column)),
  );
  const roles = guessRoles(columns);
  return {
    fingerprint: fingerprintOf(cells.rows),
    delimiter: cells.delimiter,
    header,
    decimalComma,
    rows: rows.length,
    columns,
    roles,
    missing: guessMissing(rows, columns, roles),
    notes: cells.notes,
  };
}
