// A log as a table: separated values, cells with spaces between them as printed tables have, or Markdown.
import { readCells, type Cells } from '../data/csv/cells.ts';
import { isNumber, nonfiniteOf } from '../data/csv/numbers.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { columnNames } from '../data/csv/survey.ts';
import { readName } from './columns.ts';
import type { NamedRows } from './logTable.ts';

export interface SeparatedRows {
  readonly read: NamedRows;
  /** What stands between cells. */
  readonly between: string;
}

const seenRows = 20;
/** Between names and numbers. */
const mostRules = 4;
const lineEnd = /\r\n|\n|\r/;
/** Lines of a table that hold no cells. */
const rule = /^[\s|:+=─━—-]*$/;
/** What notebooks write where nothing was logged. */
const unlogged = /\bno log\b/gi;

/** A number of a log, which may be NaN or infinite. */
export function isValue(cell: string): boolean {
  return isNumber(cell) || nonfiniteOf(cell) !== undefined;
}

/** Markdown has bars round each row as well, and a line of dashes below the names. */
function withoutBars(lines: readonly string[]): string {
  return lines.map((line) => (rule.test(line) ? '' : line.trim().replaceAll(/^\||\|$/g, ''))).join('\n');
}

/** Without a header, columns are numbered, and loss is asked for by a person. A table that is printed again has its header again. */
function namedRows(cells: Cells): NamedRows {
  const [first = []] = cells.rows;
  const header = first.every((cell) => !isNumber(cell));
  const names = first.join('\n');
  const kept = cells.rows.flatMap((row, index) =>
    header && (index === 0 || (row[0] === first[0] && row.join('\n') === names)) ? [] : [index],
  );
  return {
    names: columnNames(cells, header),
    rows: kept.map((index) => cells.rows[index] ?? []),
    lines: kept.map((index) => cells.lines[index] ?? 0),
    counts: 'line',
    notes: cells.notes,
  };
}

function readTable(text: string): SeparatedRows | string {
  const cells = readCells(text.replaceAll(unlogged, ''));
  if (cells.kind === 'unreadable') return describeTableProblem(cells.problem);
  if (cells.problem) return describeTableProblem(cells.problem);
  return { read: namedRows(cells), between: cells.delimiter };
}

/** Reads a text as separated values, or as Markdown, or says why not. Never throws. */
export function readSeparated(text: string): SeparatedRows | string {
  const lines = text.split(lineEnd);
  const first = lines.findIndex((line) => /^\s*\|.*\|\s*$/.test(line));
  // Lines above keep their places, so that messages name the right ones.
  const isMarkdown = first >= 0 && rule.test(lines[first + 1] ?? '-');
  if (!isMarkdown || lines.slice(0, first).some((line) => line.includes(','))) return readTable(text);
  return readTable(withoutBars(lines.map((line, index) => (index < first ? '' : line))));
}

/** Whether columns have names that say what they are, and numbers below: a table beyond doubt. */
export function isTable({ names, rows }: NamedRows): boolean {
  const known = names.flatMap((name, column) => (readName(name).use === 'none' ? [] : [column]));
  return known.some((column) => rows.slice(0, seenRows).some((row) => isValue(row[column] ?? '')));
}

function splitBySpaces(line: string, gap: RegExp): readonly string[] {
  return line.trim().split(gap);
}

/** The next line that is no rule; '' = there is none near. */
function lineBelow(lines: readonly string[], index: number): string {
  for (let below = index + 1; below < Math.min(lines.length, index + mostRules); below++)
    if (!rule.test(lines[below] ?? '')) return lines[below] ?? '';
  return '';
}

/** The line of names, known ones among them, above as many cells or one more; −1 = there is none. */
function headerOf(lines: readonly string[], gap: RegExp): number {
  return lines.findIndex((line, index) => {
    const names = splitBySpaces(line, gap);
    if (names.length < 2 || names.some(isValue)) return false;
    const cells = splitBySpaces(lineBelow(lines, index), gap);
    const isFilled = cells.some(isValue) && cells.length >= names.length && cells.length <= names.length + 1;
    return isFilled && names.some((name) => readName(name).use !== 'none');
  });
}

/** Reads a printed table: spaces between its cells, two or more where names have one within. Never throws. */
export function readAligned(text: string): SeparatedRows | string {
  const lines = text.split(lineEnd);
  const gaps = [/ {2,}|\t/, / +|\t/] as const;
  const [wide, narrow] = gaps.map((gap) => headerOf(lines, gap));
  const isWide = (wide ?? -1) >= 0;
  const first = Math.max(0, (isWide ? wide : narrow) ?? 0);
  const gap = isWide ? gaps[0] : gaps[1];
  const tabbed = lines.map((line, index) =>
    index < first || rule.test(line) ? '' : splitBySpaces(line, gap).join('\t'),
  );
  return readTable(tabbed.join('\n'));
}
