// One pasted or dropped text of a training log as named columns, wide or long, or what is wrong with it.
import { guessDecimalComma, isMissing, showsDecimalComma } from '../data/csv/numbers.ts';
import { readName } from './columns.ts';
import { beginsAsJson, readJson } from './json.ts';
import type { LogTable, NamedRows } from './logTable.ts';
import { widened } from './longTable.ts';
import { readPrintout } from './printout.ts';
import { nameInFile } from './runName.ts';
import { isTable, withTabs, readSeparated, type SeparatedRows } from './separated.ts';

/** Enough to tell how the rest of a column is written. */
const seenValues = 1000;

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

/** Numbers in what was printed, and in JSON, have a point. */
function pointed(read: NamedRows | string): SeparatedRows | string {
  return typeof read === 'string' ? read : { read, delimiter: ',' };
}

function columnsOf(read: SeparatedRows | string): number {
  return typeof read === 'object' ? read.read.names.length : 0;
}

/** A table beyond doubt first, then what a program printed, then whatever else may be a table. */
function textRows(text: string): SeparatedRows | string {
  const separated = readSeparated(text);
  if (typeof separated === 'object' && isTable(separated.read)) return separated;
  const aligned = readSeparated(withTabs(text));
  if (typeof aligned === 'object' && isTable(aligned.read)) return aligned;
  const said = readPrintout(text);
  if (said !== undefined) return pointed(said);
  return columnsOf(aligned) > columnsOf(separated) ? aligned : separated;
}

/** What begins with a bracket may have been printed, too: `[2,  4000] loss: 1.9`. */
function jsonRows(text: string): SeparatedRows | string {
  const read = readJson(text);
  return pointed(typeof read === 'string' ? (readPrintout(text) ?? read) : read);
}

/** The columns of a log, or why there are none, in words. */
export function readLog(text: string, file: string): LogTable | string {
  const found = beginsAsJson(text) ? jsonRows(text) : textRows(text);
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
