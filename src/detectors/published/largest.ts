// Megatron-LM's test of one value: far above the largest of its first samples.
import type { SignalId } from '../../signals/index.ts';
import type { WatchContext } from '../detector.ts';
import type { RuleWatcher } from './rule.ts';

const samples = 100;
const factor = 10;

/** In alarm where the signal is at least 10 times the largest of its first 100 finite values. What is not finite is left to other checks. */
export function beyondLargest({ layout }: WatchContext, signal: SignalId): RuleWatcher {
  const column = layout.column(signal);
  let [seen, largest] = [0, 0];
  return (rows, row) => {
    const size = Math.abs(rows.value(row, column) ?? NaN);
    if (!Number.isFinite(size)) return false;
    if (seen === samples) return size / largest >= factor;
    seen++;
    largest = Math.max(largest, size);
    return false;
  };
}
