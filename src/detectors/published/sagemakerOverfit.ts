// SageMaker Debugger’s Overfit with its defaults.
import { atEvaluations } from './evaluations.ts';
import type { PublishedRule } from './rule.ts';

const ratio = 0.1;

export const sagemakerOverfit = {
  id: 'sagemaker-overfit',
  title: 'SageMaker Debugger: validation 10 % above training',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, Overfit: start_step = 0, patience = 1, ratio_threshold = 0.1 on (mean validation loss − mean training loss) ÷ mean training loss. The mean training loss is that of the evaluation interval.',
  pattern: 'overfit',
  signals: ['loss', 'validation_loss'],
  watch: (context) =>
    atEvaluations(context, (validation, training) => (validation - training) / training > ratio),
} as const satisfies PublishedRule;
