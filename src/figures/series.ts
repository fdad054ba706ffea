// One column of a run's rows as steps and values.
import type { Rows } from '../core/layout.ts';

export interface Series {
  /** Ascending. */
  readonly steps: readonly number[];
  /** One per step; NaN and infinity are values. Steps at which the signal is absent are left out. */
  readonly values: readonly number[];
}

function collect(rows: Rows, value: (row: number) => number | undefined): Series {
  const steps: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const found = value(row);
    if (found === undefined) continue;
    steps.push(rows.step(row));
    values.push(found);
  }
  return { steps, values };
}

/** A signal at every step that has it. */
export function everyStep(rows: Rows, signal: string, layer = 0): Series {
  const column = rows.layout.column(signal, layer);
  return collect(rows, (row) => rows.value(row, column));
}

/** A signal of the validation set, at the steps at which that was evaluated: the rows between repeat it. */
export function evaluated(rows: Rows, signal: string): Series {
  const [column, evaluatedAt] = [rows.layout.column(signal), rows.layout.column('evaluated_at')];
  return collect(rows, (row) =>
    rows.value(row, evaluatedAt) === rows.step(row) ? rows.value(row, column) : undefined,
  );
}

/** Something worked out from every row, in order. */
export function derived(rows: Rows, value: (row: number) => number | undefined): Series {
  return collect(rows, value);
}

/** What lies within some steps, both included. */
export function within({ steps, values }: Series, from: number, to: number): Series {
  const kept = steps.flatMap((step, index) => (step >= from && step <= to ? [index] : []));
  return { steps: kept.map((index) => steps[index] ?? 0), values: kept.map((index) => values[index] ?? NaN) };
}
