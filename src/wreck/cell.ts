// The cells of a log's column: as numbers, and what is said of those that are none.
import { describeTableProblem } from '../data/csv/problem.ts';
import { finiteOf } from '../data/csv/numbers.ts';
import { whole } from '../core/wording.ts';
import type { LogTable } from './logTable.ts';

export function cellOf(table: LogTable, index: number, column: number): string {
  return table.rows[index]?.[column] ?? '';
}

/** A finite number, or undefined. */
export function numberOf(table: LogTable, index: number, column: number): number | undefined {
  return finiteOf(cellOf(table, index, column), table.commas[column] ?? false);
}

/** `line 4` */
export function placeOf({ counts, lines }: LogTable, index: number): string {
  return `${counts} ${whole(lines[index] ?? 0)}`;
}

/** `Line 4, column “loss”: “abc” is not a number. …` */
export function cellProblem(table: LogTable, index: number, column: number, reason: string): string {
  const value = cellOf(table, index, column).trim();
  return describeTableProblem({
    [table.counts]: table.lines[index] ?? 0,
    column: table.names[column] ?? '',
    value,
    reason,
  });
}
