// SageMaker Debugger’s ExplodingTensor with its defaults.
import type { PublishedRule } from './rule.ts';

const counters = ['nonfinite_gradient', 'nonfinite_loss', 'nonfinite_weight'] as const;

export const sagemakerExplodingTensor = {
  id: 'sagemaker-exploding-tensor',
  title: 'SageMaker Debugger: NaN or infinite tensor',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, ExplodingTensor: only_nan = False, so NaN and infinity both count, in any tensor; here in losses, gradients and weights.',
  pattern: 'nonfinite',
  signals: counters,
  watch: ({ layout }) => {
    const columns = counters.map((signal) => layout.column(signal));
    return (rows, row) => columns.some((column) => (rows.value(row, column) ?? 0) > 0);
  },
} as const satisfies PublishedRule;
