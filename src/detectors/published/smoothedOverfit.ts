// Early stopping made careful: smoothed, with a gap, and only while training loss is not rising itself.
import { RollingMean } from '../../core/rolling.ts';
import { atEvaluations } from './evaluations.ts';
import type { PublishedRule } from './rule.ts';

const smoothing = 3;
const factor = 1.1;
const gap = 0.1;
const evaluations = 3;

export const smoothedOverfit = {
  id: 'smoothed-overfit',
  title: 'Smoothed validation loss 1.1× its best, gap 0.1, 3 in a row',
  source:
    'No single document: the usual advice on early stopping put together. Validation loss, mean of 3 evaluations, above 1.1× its lowest and 0.1 above the training loss, which is not above what it was 3 evaluations before; at 3 evaluations in a row.',
  pattern: 'overfit',
  signals: ['loss', 'validation_loss'],
  watch: (context) => {
    const smoothed = new RollingMean(smoothing);
    const earlier: number[] = [];
    let lowest = Infinity;
    let held = 0;
    return atEvaluations(context, (validation, training) => {
      smoothed.push(validation);
      const { mean } = smoothed;
      if (mean < lowest) lowest = mean;
      const isRising = training > (earlier[0] ?? NaN);
      earlier.push(training);
      if (earlier.length > evaluations) earlier.shift();
      held = mean > factor * lowest && mean - training > gap && !isRising ? held + 1 : 0;
      return held >= evaluations;
    });
  },
} as const satisfies PublishedRule;
