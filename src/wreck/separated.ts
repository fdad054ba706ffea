// A log as a table: separated values, cells with spaces between them as printed tables have, or Markdown.
import { readCells, type Cells } from '../data/csv/cells.ts';
import { finiteOf, nonfiniteOf } from '../data/csv/numbers.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { columnNames } from '../data/csv/survey.ts';
import { readName } from './columns.ts';
import type { NamedRows } from './logTable.ts';

export interface SeparatedRows {
  readonly read: NamedRows;
  readonly delimiter: string;
}

const seenRows = 20;
const lineEnd = /\r\n|\n|\r/;

function isFinite(cell: string): boolean {
  return finiteOf(cell, false) !== undefined || finiteOf(cell, true) !== undefined;
}

/** Markdown has bars round each row as well, and a line of dashes below the names. */
function withoutBars(text: string): string {
  const bare = (line: string) => line.trim().replaceAll(/^\||\|$/g, '');
  return text
    .split(lineEnd)
    .map((line) => (/^[\s|:-]*$/.test(line) ? '' : bare(line)))
    .join('\n');
}

/** Without a header, columns are numbered, and loss is asked for by a person. */
function namedRows(cells: Cells): NamedRows {
  const [first = []] = cells.rows;
  const header = first.every((cell) => !isFinite(cell));
  const skipped = header ? 1 : 0;
  return {
    names: columnNames(cells, header),
    rows: cells.rows.slice(skipped),
    lines: cells.lines.slice(skipped),
    counts: 'line',
    notes: cells.notes,
  };
}

/** Reads a text as separated values, or as Markdown, or says why not. Never throws. */
export function readSeparated(text: string): SeparatedRows | string {
  const cells = readCells(text.trimStart().startsWith('|') ? withoutBars(text) : text);
  if (cells.kind === 'unreadable') return describeTableProblem(cells.problem);
  if (cells.problem) return describeTableProblem(cells.problem);
  return { read: namedRows(cells), delimiter: cells.delimiter };
}

/** Whether columns have names that say what they are, and numbers below: a table beyond doubt. */
export function isTable({ names, rows }: NamedRows): boolean {
  const known = names.flatMap((name, column) => (readName(name).use === 'none' ? [] : [column]));
  return known.some((column) =>
    rows.slice(0, seenRows).some((row) => {
      const cell = row[column] ?? '';
      return isFinite(cell) || nonfiniteOf(cell) !== undefined;
    }),
  );
}

/** A printed table has spaces between its cells, two or more where names have one within: as separated by tabs, line by line. */
export function withTabs(text: string): string {
  const lines = text.split(lineEnd);
  const names = lines.find((line) => line.trim() !== '') ?? '';
  const gap = /\S {2,}\S/.test(names) ? / {2,}/g : / +/g;
  return lines.map((line) => line.trim().replaceAll(gap, '\t')).join('\n');
}
