// The plain reading of Lightning’s rule: twice the mean of ten steps.
import { RollingMean } from '../../core/rolling.ts';
import type { PublishedRule } from './rule.ts';

const window = 10;
const factor = 2;

export const lossDoubled = {
  id: 'loss-doubled',
  title: 'Lightning-style: loss 2× the mean of 10',
  source:
    'After Lightning’s SpikeDetection (window = 10, rtol = 2), with rtol read as the factor on the mean, as one would write it by hand. The callback itself, stricter than that, is in the list too.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: ({ layout }) => {
    const column = layout.column('loss');
    const past = new RollingMean(window);
    return (rows, row) => {
      const loss = rows.value(row, column);
      if (loss === undefined) return false;
      const alarm = past.count === window && loss / past.mean >= factor;
      past.push(loss);
      return alarm;
    };
  },
} as const satisfies PublishedRule;
