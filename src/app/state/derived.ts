// What charts and lamps show of two signals at once, by the same averages that the detectors use.
import type { RowLayout, Rows } from '../../core/layout.ts';
import { RollingMean } from '../../core/rolling.ts';

/** `gradient_share`: gradient norm ÷ its rolling average; `generalization`: validation loss ÷ training loss. */
export const derivedNames = ['gradient_share', 'generalization'] as const;
export type DerivedName = (typeof derivedNames)[number];

/** Sees every row once, in order. */
export type Follower = (rows: Rows, row: number) => number | undefined;

const averagedSteps = 50;
const fewestSteps = 20;

function gradientShare(layout: RowLayout): Follower {
  const column = layout.column('gradient_norm');
  const average = new RollingMean(averagedSteps);
  return (rows, row) => {
    const norm = rows.value(row, column);
    if (norm === undefined) return undefined;
    const share = average.count >= fewestSteps ? norm / average.mean : undefined;
    average.push(norm);
    return share;
  };
}

function generalization(layout: RowLayout, validateEvery: number): Follower {
  const columns = ['loss', 'validation_loss', 'evaluated_at'].map((signal) => layout.column(signal));
  const [loss = -1, validation = -1, evaluated = -1] = columns;
  const training = new RollingMean(Math.min(averagedSteps, Math.max(10, validateEvery)));
  return (rows, row) => {
    training.push(rows.value(row, loss) ?? NaN);
    if (rows.value(row, evaluated) !== rows.step(row)) return undefined;
    const value = rows.value(row, validation);
    return value === undefined || training.count === 0 ? undefined : value / training.mean;
  };
}

export const follow: Readonly<Record<DerivedName, (layout: RowLayout, validateEvery: number) => Follower>> = {
  gradient_share: gradientShare,
  generalization,
};
