// Which checkpoint of a run was the best: where to stop in hindsight.
import type { EvaluationSeries } from './recovery.ts';

/** Evaluations on either side of a checkpoint that count for it: a single one is noise. */
const reach = 1;

function meanNear({ steps, losses }: EvaluationSeries, checkpoint: number): number {
  const last = steps.findLastIndex((step) => step <= checkpoint);
  if (last < 0) return NaN;
  const near = losses.slice(Math.max(0, last - reach), last + reach + 1);
  return near.reduce((sum, loss) => sum + loss, 0) / near.length;
}

/** The checkpoint around which validation loss was lowest, the first of equals; undefined where none was evaluated. */
export function bestCheckpoint(series: EvaluationSeries, checkpoints: readonly number[]): number | undefined {
  let best: { readonly step: number; readonly loss: number } | undefined;
  for (const step of checkpoints) {
    const loss = meanNear(series, step);
    if (Number.isFinite(loss) && (best === undefined || loss < best.loss)) best = { step, loss };
  }
  return best?.step;
}
