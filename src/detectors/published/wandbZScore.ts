// Weights & Biases: the automation on a metric’s z-score.
import { RollingSpread } from '../../core/rollingSpread.ts';
import type { PublishedRule } from './rule.ts';

const window = 30;
const threshold = 3;

export const wandbZScore = {
  id: 'wandb-z-score',
  title: 'Weights & Biases: z > 3 over 30',
  source:
    'Weights & Biases documentation, automation event “run metrics z-score threshold met” (MetricZScoreFilter): window = 30, threshold = 3. Of its three directions the one upwards, on the training loss, against the 30 values before.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: ({ layout }) => {
    const column = layout.column('loss');
    const past = new RollingSpread(window);
    return (rows, row) => {
      const loss = rows.value(row, column);
      if (loss === undefined) return false;
      const alarm = past.count === window && loss - past.mean > threshold * past.deviation;
      past.push(loss);
      return alarm;
    };
  },
} as const satisfies PublishedRule;
