// Lines for a chart without numbers, from the rows of a run.
import type { Rows } from '../../core/layout.ts';
import type { Drawing } from '../../lessons/lesson.ts';
import type { SignalId } from '../../signals/index.ts';

/** Shares of the width and of the height from the top, in turn. */
interface Sketched {
  readonly signal: SignalId;
  readonly points: readonly number[];
}

/** Points at most: the extremes of what lies between are kept. */
const most = 120;

/** Where a value stands, as a share of the height from the top; what is no number stands at the top. */
type Height = (value: number) => number;

const inside = (share: number): number => Math.min(1, Math.max(0, share));

/** Loss, on a logarithmic scale. */
function lossBetween(low: number, high: number): Height {
  const decades = Math.log10(high / low);
  return (value) =>
    Number.isFinite(value) ? inside(1 - Math.log10(Math.max(value, 1e-9) / low) / decades) : 0;
}

/** Accuracy, from a coin’s to 1. */
const accuracyHeight: Height = (value) => (Number.isFinite(value) ? inside(2 - 2 * value) : 1);

/** One scale for all that stand beside each other; every signal that is compared has one of its own. */
export const sketchHeights = {
  loss: lossBetween(0.001, 3),
  validation_accuracy: accuracyHeight,
} as const;

/**
 * A signal from one step to another.
 * @param end the width stands for the steps from `from` to `end`
 */
export function sketchedPoints(
  value: (step: number) => number | undefined,
  { from, to, end }: { readonly from: number; readonly to: number; readonly end: number },
  height: Height,
): readonly number[] {
  const size = Math.max(1, Math.ceil((end - from) / most));
  const points: number[] = [];
  for (let step = from; step <= to; step += size) {
    let highest = 1;
    let isThere = false;
    for (let at = step; at < Math.min(step + size, to + 1); at++) {
      const one = value(at);
      if (one === undefined) continue;
      isThere = true;
      highest = Math.min(highest, height(one));
    }
    if (isThere) points.push((step - from) / Math.max(1, end - from), highest);
  }
  return points;
}

/** The two charts of a scenario: training loss, and how much is right on validation. */
export function sketchedLines(
  rows: Rows,
  { from, to }: Extract<Drawing, { scenario: string }>,
): readonly Sketched[] {
  const line = (signal: SignalId, height: Height): Sketched => {
    const column = rows.layout.column(signal);
    const last = Math.min(to, rows.count) - 1;
    const value = (step: number) => rows.value(step, column);
    return { signal, points: sketchedPoints(value, { from, to: last, end: last }, height) };
  };
  return [line('loss', lossBetween(0.05, 5)), line('validation_accuracy', accuracyHeight)];
}
