// The textbook's view of a spike: the gradient norm against its own rolling average.
import { RollingMean } from '../../core/rolling.ts';
import type { WatchContext } from '../detector.ts';
import type { RuleWatcher } from './rule.ts';

const window = 50;
const firstStep = 20;

/** In alarm where gradient_norm is at least `factor` times the average of the 50 steps before, once there are 20. */
export function normGrowth({ layout }: WatchContext, factor: number): RuleWatcher {
  const column = layout.column('gradient_norm');
  const norms = new RollingMean(window);
  return (rows, row) => {
    const norm = rows.value(row, column);
    if (norm === undefined) return false;
    // As a ratio: where both are 0 it is NaN, and no alarm.
    const alarm = norms.count >= firstStep && norm / norms.mean >= factor;
    norms.push(norm);
    return alarm;
  };
}
