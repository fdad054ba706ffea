// Rules that judge at evaluations of the validation set.
import { RollingMean } from '../../core/rolling.ts';
import type { WatchContext } from '../detector.ts';
import type { RuleWatcher } from './rule.ts';

/**
 * Asks `judge` once per evaluation and keeps its verdict until the next. The training loss that it is given is the mean over an evaluation
 * interval, 10 to 50 steps: one mini-batch is too noisy to divide by. NaN where there is none.
 */
export function atEvaluations(
  { layout, validateEvery }: WatchContext,
  judge: (validation: number, training: number) => boolean,
): RuleWatcher {
  const lossColumn = layout.column('loss');
  const validationColumn = layout.column('validation_loss');
  const evaluatedColumn = layout.column('evaluated_at');
  const training = new RollingMean(Math.min(50, Math.max(10, validateEvery)));
  let alarm = false;
  return (rows, row) => {
    const loss = rows.value(row, lossColumn);
    const validation = rows.value(row, validationColumn);
    if (loss !== undefined) training.push(loss);
    if (validation === undefined) return false;
    if (rows.value(row, evaluatedColumn) === rows.step(row))
      alarm = judge(validation, loss === undefined ? NaN : training.mean);
    return alarm;
  };
}
