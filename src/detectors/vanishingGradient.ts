// Vanishing gradient: the first layer gets a small part of the gradient that the last one gets.
import { RollingMean } from '../core/rolling.ts';
import { decimal } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import { none, type Detector } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'vanishing-gradient';

/** Steps over which the ratio is averaged, by its logarithm: a single batch says little. */
const window = 50;
/** It is over when the ratio is back above twice the limit. */
const clearance = 2;
/** Where the first layer's gradient is 0 or the last one's infinite, the ratio is 0: it counts as this. */
const least = 1e-12;

export const vanishingGradient = {
  id,
  title: 'Vanishing gradient',
  signals: ['gradient_norm_ratio'],
  thresholds: { ratio: 0.15 },
  watch: ({ layout, hiddenLayers }, limits) => {
    const limit = limits['ratio'] ?? NaN;
    const column = layout.column('gradient_norm_ratio');
    const logarithms = new RollingMean(window);
    const latch = makeLatch(id);
    return (rows, row) => {
      const ratio = rows.value(row, column);
      // One hidden layer has nothing for a gradient to vanish in.
      if (ratio === undefined || hiddenLayers < 2) return none;
      if (ratio >= 0) logarithms.push(Math.log(Math.max(least, ratio)));
      const mean = Math.exp(logarithms.mean);
      const isFull = logarithms.count >= window;
      const at = rows.step(row);
      return latch(at, { holds: isFull && mean < limit, isOver: mean > clearance * limit }, () => ({
        onset: at - window + 1,
        evidence: [{ signal: 'gradient_norm_ratio', value: mean, threshold: limit }],
      }));
    };
  },
  rule: (limits) =>
    `gradient_norm_ratio (first layer ÷ last) < ${limits['ratio']}, averaged over ${window} steps.`,
  observation: ({ evidence: [ratio] }) =>
    `The first layer’s gradient is ${decimal(ratio.value)}× the last layer’s (limit ${ratio.threshold}×).`,
  cause: () =>
    'Each layer multiplies the gradient by weights and slopes below 1: what reaches the first layers is too small to teach them.',
  alertRules: ({ ratio = NaN }) => [
    {
      alert: 'TrainingVanishingGradient',
      expr: [
        `exp(avg_over_time(ln(clamp_min(training_gradient_norm_ratio, ${least}))[${lastSteps(window)}:1s])) < ${ratio}`,
        `and training_gradient_norm_ratio offset ${window - 1}s`,
      ].join('\n'),
      severity: 'critical',
      summary: 'the first layers get no gradient: ReLU with He initialisation, batch norm',
      limits:
        'The detector leaves networks with a single hidden layer alone; a rule does not know: use it for two and more. The detector leaves NaN out of its average, the rule is silent while one is in it.',
    },
  ],
} as const satisfies Detector;
