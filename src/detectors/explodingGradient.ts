// Exploding gradient: the gradient norm itself is far beyond what a network as it should be has.
import { RollingMean } from '../core/rolling.ts';
import { decimal } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import { none, type Detector } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'exploding-gradient';

/** Steps over which the norm is averaged, by its logarithm. */
const window = 3;
/** It is over when the norm is back under this share of the limit. */
const clearance = 0.5;
/** What a norm of 0 and an infinite one count as. */
const [least, most] = [1e-12, 1e30];

export const explodingGradient = {
  id,
  title: 'Exploding gradient',
  signals: ['gradient_norm'],
  thresholds: { norm: 5 },
  watch: ({ layout }, limits) => {
    const limit = limits['norm'] ?? NaN;
    const column = layout.column('gradient_norm');
    const logarithms = new RollingMean(window);
    const latch = makeLatch(id);
    return (rows, row) => {
      const norm = rows.value(row, column);
      if (norm === undefined) return none;
      if (norm >= 0) logarithms.push(Math.log(Math.max(least, Math.min(most, norm))));
      const mean = Math.exp(logarithms.mean);
      const at = rows.step(row);
      const holds = logarithms.count >= window && mean > limit;
      return latch(at, { holds, isOver: mean < clearance * limit }, () => ({
        onset: at - window + 1,
        evidence: [{ signal: 'gradient_norm', value: mean, threshold: limit }],
      }));
    };
  },
  rule: (limits) => `gradient_norm > ${limits['norm']}, averaged over ${window} steps.`,
  observation: ({ evidence: [norm] }) => `Gradient norm ${decimal(norm.value)} (limit ${norm.threshold}).`,
  cause: () =>
    'Each layer multiplies the gradient by weights that are too large: one update throws the weights anywhere.',
  alertRules: ({ norm = NaN }) => [
    {
      alert: 'TrainingExplodingGradient',
      expr: [
        `exp(avg_over_time(ln(clamp(training_gradient_norm, ${least}, ${most}))[${lastSteps(window)}:1s])) > ${norm}`,
        `and training_gradient_norm offset ${window - 1}s`,
      ].join('\n'),
      severity: 'critical',
      summary: 'gradients explode: standard initialisation, clip, batch norm',
      limits:
        'The detector leaves NaN out of its average, the rule is silent while one is in it: TrainingNonfinite speaks then.',
    },
  ],
} as const satisfies Detector;
