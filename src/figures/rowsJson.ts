// The rows of all runs as JSON: column by column, null where a signal is absent; NaN and infinity by name.
import type { Rows } from '../core/layout.ts';
import { columnName } from './csv.ts';
import { portable } from './findings.ts';
import type { RecordedRun } from './recordedRun.ts';

function stepsOf(rows: Rows): readonly number[] {
  return Array.from({ length: rows.count }, (_, row) => rows.step(row));
}

function columnsOf(rows: Rows): Readonly<Record<string, readonly (number | string | null)[]>> {
  return Object.fromEntries(
    rows.layout.columns.map((column, number) => [
      columnName(column),
      stepsOf(rows).map((_, row) => {
        const value = rows.value(row, number);
        return value === undefined ? null : portable(value);
      }),
    ]),
  );
}

export function rowsJson(runs: readonly RecordedRun[]): string {
  const all = runs.map(({ generation, name, begin, end, rows }) => ({
    generation,
    name,
    begin,
    end,
    steps: stepsOf(rows),
    signals: columnsOf(rows),
  }));
  return `${JSON.stringify({ runs: all })}\n`;
}
