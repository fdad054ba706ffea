// One pasted or dropped text of a training log as named columns, wide or long.
import type { Cells } from '../data/csv/cells.ts';
import { columnNames } from '../data/csv/survey.ts';
import { finiteOf } from '../data/csv/numbers.ts';

export interface LogTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly decimalComma: boolean;
}

/** TensorBoard's own export names no signal: its file does, as `run-train-tag-loss.csv`. */
function tagOf(fileName: string): string {
  const found = /tag-(.+?)(?:\.csv)?$/i.exec(fileName)?.[1];
  return found ?? 'loss';
}

function place(names: readonly string[], wanted: RegExp): number {
  return names.findIndex((name) => wanted.test(name.trim()));
}

/** A row per step and tag becomes a column per tag. */
function widened(table: LogTable, [tag, step, value]: readonly [number, number, number]): LogTable {
  const tags = [...new Set(table.rows.map((row) => (row[tag] ?? '').trim()))].slice(0, 200);
  const places = new Map(tags.map((name, index) => [name, index]));
  const rows = table.rows.map((row) => {
    const cells = tags.map(() => '');
    const at = places.get((row[tag] ?? '').trim());
    if (at !== undefined) cells[at] = row[value] ?? '';
    return [row[step] ?? '', ...cells];
  });
  return { ...table, names: ['step', ...tags], rows };
}

/** The columns of a log. Without a header, columns are numbered, and loss is asked for by a person. */
export function logTable(cells: Cells, fileName: string): LogTable {
  const [first = []] = cells.rows;
  const decimalComma = cells.delimiter !== ',';
  const header = first.every((cell) => finiteOf(cell, decimalComma) === undefined);
  const skipped = header ? 1 : 0;
  const table: LogTable = {
    names: columnNames(cells, header),
    rows: cells.rows.slice(skipped),
    lines: cells.lines.slice(skipped),
    decimalComma,
  };
  const [tag, step, value] = [
    place(table.names, /^(?:tag|metric|name|key)$/i),
    place(table.names, /^(?:step|global_step)$/i),
    place(table.names, /^value$/i),
  ];
  if (step < 0 || value < 0) return table;
  if (tag >= 0) return widened(table, [tag, step, value]);
  return { ...table, names: table.names.map((name, index) => (index === value ? tagOf(fileName) : name)) };
}
