// Non-finite numbers: a NaN or infinite loss, gradient or weight, or a gradient whose square is infinite.
import { decimal } from '../core/wording.ts';
import { none, type Detector, type Evidence, type Finding } from './detector.ts';

const id = 'nonfinite';

const counters = ['nonfinite_loss', 'nonfinite_gradient', 'nonfinite_weight'] as const;
const nouns: Readonly<Record<string, string>> = {
  nonfinite_loss: 'losses of the batch',
  nonfinite_gradient: 'gradients',
  nonfinite_weight: 'weights',
};

/** The square of a longer gradient is no f32: Adam's second moments are infinite, and it never moves again. */
const longest = Math.sqrt((2 - 2 ** -23) * 2 ** 127);

export const nonfinite = {
  id,
  title: 'Not a number',
  signals: counters,
  ways: counters.map((counter) => [counter]),
  thresholds: {},
  watch: ({ layout }) => {
    const columns = [
      ...counters.map((signal) => ({ signal, limit: 0 })),
      { signal: 'gradient_norm', limit: longest },
    ].map(({ signal, limit }) => ({ signal, limit, column: layout.column(signal) }));
    let raised = false;
    return (rows, row) => {
      if (raised) return none;
      const evidence = columns.flatMap(({ signal, limit, column }): Evidence[] => {
        const value = rows.value(row, column) ?? 0;
        return value > limit ? [{ signal, value, threshold: limit }] : [];
      });
      const [first, ...rest] = evidence;
      if (!first) return none;
      raised = true;
      const at = rows.step(row);
      const finding: Finding = {
        detector: id,
        layer: 0,
        severity: 'firing',
        onset: at,
        at,
        evidence: [first, ...rest],
      };
      return [{ kind: 'raised', finding }];
    };
  },
  rule: () => `any loss, gradient or weight that is NaN or infinite, or gradient_norm > ${decimal(longest)}.`,
  observation: ({ evidence }) => {
    const counts = evidence.flatMap(({ signal, value }) =>
      signal in nouns ? [`${value} ${nouns[signal] ?? ''}`] : [],
    );
    if (counts.length > 0) return `${counts.join(', ')} NaN or infinite.`;
    return `Gradient norm ${decimal(evidence[0].value)}: its square is infinite.`;
  },
  cause: () =>
    'A number overflowed, and every number computed from it is NaN or infinite too. No step leads back.',
  alertRules: () => [
    {
      alert: 'TrainingNonfinite',
      expr: `training_nonfinite_total > 0 or training_gradient_norm > ${longest.toPrecision(4)}`,
      severity: 'critical',
      summary: 'NaN or infinite values: rewind to the last checkpoint, lower the rate',
      limits:
        'None. A counter counts from the beginning of a run: it stays until the run ends, as the finding does.',
    },
  ],
} as const satisfies Detector;
