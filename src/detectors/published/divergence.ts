// Drift rules that hold a divergence of the inputs against 0.1, whatever the size of the sample.
import type { SignalId } from '../../signals/index.ts';
import type { WatchContext } from '../detector.ts';
import type { RuleWatcher } from './rule.ts';

const limit = Math.fround(0.1);

/** In alarm where the divergence is above 0.1 nats. */
export function divergenceAbove({ layout }: WatchContext, signal: SignalId): RuleWatcher {
  const column = layout.column(signal);
  return (rows, row) => (rows.value(row, column) ?? NaN) > limit;
}
