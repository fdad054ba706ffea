// What of a text's first rows is no part of its table: titles and facts above the header, units below it.
import { counted, whole } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import { areYears } from './header.ts';
import { isMissing, isNumber, nonfiniteOf } from './numbers.ts';

type Row = readonly string[];

/** Enough rows to tell how full they are, and whether numbers stand below a row. */
const seenRows = 100;
const symbol =
  '[µunmckMGhd]?(?:m|g|s|A|V|W|J|N|K|Pa|Hz|[lL]|B|bar|mol|Wh|Ω)[²³23]?|min|hr?|d|°|°?[CFK]|deg|%|‰|[$€£]|EUR|USD|mph|kn|pp[mb]|in|ft|lb|oz|mi|psi|bpm|px|dB|mmHg';
const words =
  'years?|yrs?|months?|weeks?|days?|hours?|minutes?|sec(?:onds?)?|met(?:er|re)s?|degrees?|counts?|percent|units?';
/** `kg`, `m/s`, `µg·m-3`; and whatever stands in brackets. */
const unit = new RegExp(
  `^(?:(?:${symbol}|${words})(?:[-−]?[123])?(?:[/·* ](?:${symbol}|${words})(?:[-−]?[123])?)*|\\(.+\\)|\\[.+\\])$`,
);
/** So many cells of a hundred below a unit are numbers, in so many rows at least. */
const [mostlyNumbers, fewestBelow] = [80, 3];

function isBlank(cell: string): boolean {
  return cell.trim() === '';
}

function filledIn(row: Row): number {
  return row.filter((cell) => !isMissing(cell)).length;
}

/** What most rows have; of two that are as common, the more. */
function commonFilled(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(filledIn(row), (counts.get(filledIn(row)) ?? 0) + 1);
  return [...counts].sort(([one, of], [other, than]) => than - of || other - one)[0]?.[0] ?? 0;
}

/** The first of them names columns: several names, no number but years, and numbers below. */
function beginsWithHeader([first = [], ...below]: readonly Row[]): boolean {
  return (
    first.filter((cell) => !isBlank(cell)).length > 1 &&
    areYears(first.filter(isNumber).map(Number)) &&
    below.some((row) => row.some(isNumber))
  );
}

/** How many rows stand above the header; a header may look like a comment itself, as `#,name`, or lack the name of its first column. */
function countAbove(rows: readonly Row[]): number {
  const usual = commonFilled(rows);
  const isComment = ([first = '']: Row) => first.startsWith('#');
  const first = rows.findIndex((row) => !isComment(row) && filledIn(row) >= usual);
  const last = rows[first - 1] ?? [];
  const isFullest = rows
    .slice(0, Math.max(0, first - 1))
    .every((row) => isComment(row) || filledIn(row) < filledIn(last));
  const candidates = isFullest ? [first, first - 1] : [first];
  return candidates.find((index) => index >= 0 && beginsWithHeader(rows.slice(index))) ?? 0;
}

function withoutRow({ rows, lines, ...rest }: Cells, row: number, note: string): Cells {
  return {
    ...rest,
    rows: rows.toSpliced(row, 1),
    lines: lines.toSpliced(row, 1),
    notes: [...rest.notes, note],
  };
}

/** The first row of the table names its columns, as far as one can be found. */
export function withoutAbove(cells: Cells): Cells {
  const above = countAbove(cells.rows.slice(0, seenRows));
  if (above === 0) return cells;
  const title = (cells.rows[0]?.[0] ?? '').trim().slice(0, 40);
  const note = `${counted(above, 'line')} above the header left out: “${title}”${above > 1 ? ' …' : ''}.`;
  return {
    ...cells,
    rows: cells.rows.slice(above),
    lines: cells.lines.slice(above),
    notes: [...cells.notes, note],
  };
}

/** Cells of a row that stand above numbers; undefined = one of them is a number itself. */
function wordsOverNumbers(row: Row, below: readonly Row[]): readonly string[] | undefined {
  const words: string[] = [];
  for (const [column, cell] of row.entries()) {
    const present = below.map((one) => one[column] ?? '').filter((one) => !isMissing(one));
    const numbers = present.filter((one) => isNumber(one) || nonfiniteOf(one) !== undefined).length;
    if (present.length < fewestBelow || 100 * numbers < mostlyNumbers * present.length) continue;
    if (isNumber(cell) || nonfiniteOf(cell) !== undefined) return undefined;
    if (!isMissing(cell)) words.push(cell.trim());
  }
  return words;
}

/** A row of units stands between the names and the numbers: over numbers it has words, mostly known units, and not one number. */
export function withoutUnits(cells: Cells): Cells {
  const [header, units, ...below] = cells.rows.slice(0, seenRows);
  if (!header || !units || !beginsWithHeader([header, ...below])) return cells;
  const words = wordsOverNumbers(units, below);
  if (!words || words.length === 0) return cells;
  if (2 * words.filter((word) => unit.test(word)).length < words.length) return cells;
  const told = words.slice(0, 3).map((word) => `“${word}”`);
  const note = `Line ${whole(cells.lines[1] ?? 0)} left out: it has units, it seems: ${told.join(', ')}.`;
  return withoutRow(cells, 1, note);
}
