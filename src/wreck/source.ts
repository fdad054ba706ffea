// One pasted or dropped text of a training log as named columns, wide or long, or what is wrong with it.
import { guessDecimalComma, isMissing, showsDecimalComma } from '../data/csv/numbers.ts';
import { readName } from './columns.ts';
import { beginsAsJson, readJson } from './json.ts';
import { withoutControl } from './linePrefix.ts';
import type { LogTable, NamedRows } from './logTable.ts';
import { widened } from './longTable.ts';
import { readLists } from './printedLists.ts';
import { readPrintout } from './printout.ts';
import { nameInFile } from './runName.ts';
import { isTable, isValue, readAligned, readSeparated } from './separated.ts';

/** Enough to tell how the rest of a column is written. */
const seenValues = 1000;

/** Rows, and what parts their cells: a mark, or whatever a program prints; JSON is as if by commas. */
interface Found {
  readonly read: NamedRows;
  readonly between: string;
}
const printed = 'words';

const noLog =
  'No log was found in it: no column of numbers, and no line that names a number. Bring a table with a line of names above, JSON, or the lines that your program printed as it trained.';

function seenCells({ rows }: NamedRows, column: number): readonly string[] {
  const cells: string[] = [];
  for (let index = 0; index < rows.length && cells.length < seenValues; index++) {
    const cell = rows[index]?.[column] ?? '';
    if (!isMissing(cell)) cells.push(cell);
  }
  return cells;
}

/** Of each column by its own cells; a program prints all of its numbers alike. Where commas stand between cells, one within has to show it. */
function commasIn(read: NamedRows, between: string): readonly boolean[] {
  const columns = read.names.map((_, column) => seenCells(read, column));
  if (between === printed) {
    const any = columns.some((cells) => showsDecimalComma(cells) === true);
    return columns.map(() => any);
  }
  return columns.map((cells) =>
    between === ',' ? showsDecimalComma(cells) === true : guessDecimalComma(cells),
  );
}

function place(names: readonly string[], ...wanted: readonly string[]): number {
  const lower = names.map((name) => name.trim().toLowerCase());
  return wanted.map((name) => lower.indexOf(name)).find((index) => index >= 0) ?? -1;
}

/** With a column per signal, named as in a log of a single run. */
function wide(read: NamedRows, file: string): NamedRows {
  const { names } = read;
  const clock = (wanted: string) => names.findIndex((name) => readName(name).use === wanted);
  const step = clock('step') < 0 ? clock('epoch') : clock('step');
  const value = place(names, 'value');
  if (step < 0 || value < 0) return read;
  const tag = place(names, 'tag', 'metric', 'key', 'name');
  if (tag >= 0)
    return widened(read, { tag, step, value, run: place(names, 'run', 'data', 'split', 'phase') });
  return { ...read, names: names.map((name, index) => (index === value ? nameInFile(file) : name)) };
}

/** A table beyond doubt first, then lists, then what a program printed, then whatever else may be a table. */
function textRows(text: string): Found | string {
  const separated = readSeparated(text);
  if (typeof separated === 'object' && isTable(separated.read)) return separated;
  const aligned = readAligned(text);
  if (typeof aligned === 'object' && isTable(aligned.read)) return aligned;
  const lists = readLists(text);
  if (lists) return { read: lists, between: ',' };
  const said = readPrintout(text);
  if (said !== undefined) return typeof said === 'string' ? said : { read: said, between: printed };
  return columnsOf(aligned) > columnsOf(separated) ? aligned : separated;
}

/** Whether any column is mostly numbers: prose and programs have some here and there. */
function hasNumbers({ names, rows }: NamedRows): boolean {
  const isMostly = (cells: readonly string[]) => cells.filter(isValue).length * 2 >= cells.length;
  if (rows.length < 2) return rows.every(isMostly);
  return names.some((_, column) => isMostly(rows.slice(0, seenValues).map((row) => row[column] ?? '')));
}

function columnsOf(found: Found | string): number {
  return typeof found === 'string' ? 0 : found.read.names.length;
}

/** What begins with a bracket may have been printed, too: `[2,  4000] loss: 1.9`; or only its first line has objects. */
function bracketRows(text: string): Found | string {
  const { read, isDocument } = readJson(text);
  if (typeof read === 'object' && (isDocument || read.notes.length === 0)) return { read, between: ',' };
  const other = textRows(text);
  const count = typeof read === 'string' ? 0 : read.rows.length;
  if (typeof other === 'object' && isTable(other.read) && other.read.rows.length > count) return other;
  if (typeof read === 'object') return { read, between: ',' };
  return typeof other === 'object' && other.between === printed ? other : read;
}

/** The columns of a log, or why there are none, in words. */
export function readLog(text: string, file: string): LogTable | string {
  const plain = withoutControl(text);
  const found = beginsAsJson(plain) ? bracketRows(plain) : textRows(plain);
  if (typeof found === 'string') return found;
  if (found.read.rows.length === 0)
    return 'There are no rows below the header. Bring the rows that training logged.';
  if (!hasNumbers(found.read) && !isTable(found.read)) return noLog;
  const table = wide(found.read, file);
  return { ...table, file, commas: commasIn(table, found.between) };
}
