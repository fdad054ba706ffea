// OLMo’s SkipStepOptimizer: a step is skipped when its loss or its gradient norm is an outlier.
import { outlierTest } from './outlier.ts';
import type { PublishedRule } from './rule.ts';

export const olmoLossOrNorm = {
  id: 'olmo-loss-or-norm',
  title: 'OLMo: loss or gradient norm 6 σ over 128',
  source:
    'OLMo-core (olmo_core.optim.skip_step_optimizer.SkipStepOptimizer): rolling_interval_length = 128, sigma_factor = 6, from half an interval on. Values that are not finite stay out of the interval here; there, all of the next 128 steps would be skipped. Here nothing is skipped.',
  pattern: 'loss-spike',
  signals: ['gradient_norm', 'loss'],
  watch: ({ layout }) => {
    const columns = [layout.column('loss'), layout.column('gradient_norm')];
    const tests = columns.map((column) => ({ column, isOutlier: outlierTest() }));
    return (rows, row) => {
      let alarm = false;
      for (const { column, isOutlier } of tests) {
        const value = rows.value(row, column);
        if (value !== undefined && isOutlier(value)) alarm = true;
      }
      return alarm;
    };
  },
} as const satisfies PublishedRule;
