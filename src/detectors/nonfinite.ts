// Non-finite numbers: a NaN or infinite loss, gradient or weight.
import { none, type Detector, type Evidence, type Finding } from './detector.ts';

const id = 'nonfinite';

const counters = ['nonfinite_loss', 'nonfinite_gradient', 'nonfinite_weight'] as const;
const nouns: Readonly<Record<string, string>> = {
  nonfinite_loss: 'losses of the batch',
  nonfinite_gradient: 'gradients',
  nonfinite_weight: 'weights',
};

export const nonfinite = {
  id,
  title: 'Not a number',
  signals: counters,
  thresholds: {},
  watch: ({ layout }) => {
    const columns = counters.map((signal) => ({ signal, column: layout.column(signal) }));
    let raised = false;
    return (rows, row) => {
      if (raised) return none;
      const evidence = columns.flatMap(({ signal, column }): Evidence[] => {
        const value = rows.value(row, column) ?? 0;
        return value > 0 ? [{ signal, value, threshold: 0 }] : [];
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
  rule: () => 'any loss, gradient or weight that is NaN or infinite.',
  observation: ({ evidence }) =>
    `${evidence.map(({ signal, value }) => `${value} ${nouns[signal] ?? signal}`).join(', ')} NaN or infinite.`,
  cause: () =>
    'A number overflowed, and every number computed from it is NaN or infinite too. No step leads back.',
  alertRule: () =>
    [
      'alert: TrainingNonfinite',
      'expr: increase(training_nonfinite_total[10s]) > 0',
      'labels: { severity: critical }',
      'annotations: { summary: "NaN or infinite values: rewind to the last checkpoint, lower the rate" }',
    ].join('\n'),
} as const satisfies Detector;
