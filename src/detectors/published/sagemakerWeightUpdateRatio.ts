// The upper half of SageMaker Debugger’s WeightUpdateRatio.
import type { PublishedRule } from './rule.ts';

const large = 10;

export const sagemakerWeightUpdateRatio = {
  id: 'sagemaker-weight-update-ratio',
  title: 'SageMaker Debugger: update 10× the weights',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, WeightUpdateRatio: large_threshold = 10 on the ratio of update to weights. There per tensor, here by the norms of all parameters; its small_threshold = 1e-8 is not used: no weights explode there.',
  pattern: 'exploding-gradient',
  signals: ['update_ratio'],
  watch: ({ layout }) => {
    const column = layout.column('update_ratio');
    return (rows, row) => (rows.value(row, column) ?? NaN) > large;
  },
} as const satisfies PublishedRule;
