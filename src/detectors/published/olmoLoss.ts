// OLMo’s SkipStepOptimizer, on the loss alone.
import { outlierTest } from './outlier.ts';
import type { PublishedRule } from './rule.ts';

export const olmoLoss = {
  id: 'olmo-loss',
  title: 'OLMo: loss 6 σ over 128',
  source:
    'OLMo-core (olmo_core.optim.skip_step_optimizer.SkipStepOptimizer) without gradient norms: rolling_interval_length = 128, sigma_factor = 6, from half an interval on. Values that are not finite stay out of the interval here; there, all of the next 128 steps would be skipped.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: ({ layout }) => {
    const column = layout.column('loss');
    const isOutlier = outlierTest();
    return (rows, row) => {
      const loss = rows.value(row, column);
      return loss !== undefined && isOutlier(loss);
    };
  },
} as const satisfies PublishedRule;
