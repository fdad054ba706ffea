// Series that are worked out from several signals, by the same averages as on the page.
import { RollingMean } from '../core/rolling.ts';
import { derived, type Series } from './series.ts';
import type { RecordedRun } from './recordedRun.ts';

/** Steps in the rolling average that a gradient norm is held against, and the fewest that make one. */
const averaged = { most: 50, fewest: 20 } as const;

/** Gradient norm ÷ the average of the steps before. */
export function gradientShare({ allRows: rows }: RecordedRun): Series {
  const column = rows.layout.column('gradient_norm');
  const average = new RollingMean(averaged.most);
  return derived(rows, (row) => {
    const norm = rows.value(row, column);
    if (norm === undefined) return undefined;
    const share = average.count >= averaged.fewest ? norm / average.mean : undefined;
    average.push(norm);
    return share;
  });
}

/** Validation loss ÷ training loss, which is its mean over an evaluation interval: one mini-batch is too noisy to divide by. */
export function generalization({ allRows: rows, recipe: { validateEvery } }: RecordedRun): Series {
  const [loss, validation, evaluatedAt] = ['loss', 'validation_loss', 'evaluated_at'].map((signal) =>
    rows.layout.column(signal),
  ) as [number, number, number];
  const training = new RollingMean(Math.min(averaged.most, Math.max(10, validateEvery)));
  return derived(rows, (row) => {
    training.push(rows.value(row, loss) ?? NaN);
    if (rows.value(row, evaluatedAt) !== rows.step(row)) return undefined;
    const value = rows.value(row, validation);
    return value === undefined ? undefined : value / training.mean;
  });
}
