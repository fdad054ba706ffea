// One pasted or dropped text of a training log as named columns, wide or long, or what is wrong with it.
import { readCells, type Cells } from '../data/csv/cells.ts';
import { finiteOf, guessDecimalComma, isMissing, showsDecimalComma } from '../data/csv/numbers.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { columnNames } from '../data/csv/survey.ts';
import { readName } from './columns.ts';
import { beginsAsJson, readJsonLines } from './jsonLines.ts';
import type { LogTable, NamedRows } from './logTable.ts';
import { widened } from './longTable.ts';
import { noTableHint } from './noTable.ts';
import { nameInFile } from './runName.ts';

/** Enough to tell how the rest of a column is written. */
const seenValues = 1000;

function isNumber(cell: string): boolean {
  return finiteOf(cell, false) !== undefined || finiteOf(cell, true) !== undefined;
}

/** Without a header, columns are numbered, and loss is asked for by a person. */
function namedRows(cells: Cells): NamedRows {
  const [first = []] = cells.rows;
  const header = first.every((cell) => !isNumber(cell));
  const skipped = header ? 1 : 0;
  return {
    names: columnNames(cells, header),
    rows: cells.rows.slice(skipped),
    lines: cells.lines.slice(skipped),
    notes: cells.notes,
  };
}

function seenCells({ rows }: NamedRows, column: number): readonly string[] {
  const cells: string[] = [];
  for (let index = 0; index < rows.length && cells.length < seenValues; index++) {
    const cell = rows[index]?.[column] ?? '';
    if (!isMissing(cell)) cells.push(cell);
  }
  return cells;
}

/** Each column by its own cells. Where commas stand between cells, one within a cell has to show it. */
function hasCommas(read: NamedRows, column: number, delimiter: string): boolean {
  const cells = seenCells(read, column);
  return delimiter === ',' ? showsDecimalComma(cells) === true : guessDecimalComma(cells);
}

function place(names: readonly string[], wanted: RegExp): number {
  return names.findIndex((name) => wanted.test(name.trim()));
}

/** With a column per signal, named as in a log of a single run. */
function wide(read: NamedRows, file: string): NamedRows {
  const { names } = read;
  const step = names.findIndex((name) => readName(name).use === 'step');
  const value = place(names, /^value$/i);
  if (step < 0 || value < 0) return read;
  const tag = place(names, /^(?:tag|metric|name|key)$/i);
  if (tag >= 0) return widened(read, { tag, step, value, run: place(names, /^run$/i) });
  return { ...read, names: names.map((name, index) => (index === value ? nameInFile(file) : name)) };
}

interface ReadRows {
  readonly read: NamedRows;
  readonly delimiter: string;
}

function separatedRows(text: string): ReadRows | string {
  const hint = noTableHint(text);
  if (hint !== undefined) return hint;
  const cells = readCells(text);
  if (cells.kind === 'unreadable') return describeTableProblem(cells.problem);
  if (cells.problem) return describeTableProblem(cells.problem);
  return { read: namedRows(cells), delimiter: cells.delimiter };
}

function jsonRows(text: string): ReadRows | string {
  const read = readJsonLines(text);
  return typeof read === 'string' ? read : { read, delimiter: ',' };
}

/** The columns of a log, or why there are none, in words. */
export function readLog(text: string, file: string): LogTable | string {
  const found = beginsAsJson(text) ? jsonRows(text) : separatedRows(text);
  if (typeof found === 'string') return found;
  if (found.read.rows.length === 0)
    return 'There are no rows below the header. Bring the rows that training logged.';
  const table = wide(found.read, file);
  return {
    ...table,
    file,
    commas: table.names.map((_, column) => hasCommas(table, column, found.delimiter)),
  };
}
