// Lightning’s callback SpikeDetection with its defaults.
import { RollingMean } from '../../core/rolling.ts';
import type { PublishedRule } from './rule.ts';

const window = 10;
const tolerance = 2;

export const lightningSpike = {
  id: 'lightning-spike',
  title: 'Lightning: 2× its mean away from the mean of 10',
  source:
    'Lightning (lightning.fabric.utilities.spike.SpikeDetection): window = 10, warmup = 1, atol unset, rtol = 2, finite_only = True. A loss above the one before that is 2 means or more away from the mean, thus 3× it, or is not finite; a spike does not enter the mean. There the run ends at the first; here it goes on.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: ({ layout }) => {
    const column = layout.column('loss');
    const calm = new RollingMean(window);
    let last = 0;
    return (rows, row) => {
      const loss = rows.value(row, column);
      if (loss === undefined) return false;
      const { mean } = calm;
      const alarm =
        calm.count > 0 &&
        (!Number.isFinite(loss) || (loss > last && Math.abs(loss - mean) >= Math.abs(tolerance * mean)));
      if (alarm || !Number.isFinite(loss)) return alarm;
      calm.push(loss);
      last = loss;
      return false;
    };
  },
} as const satisfies PublishedRule;
