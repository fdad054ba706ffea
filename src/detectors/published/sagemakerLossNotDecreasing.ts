// SageMaker Debugger’s LossNotDecreasing with its defaults.
import { everyTenSteps } from './tenSteps.ts';
import type { PublishedRule } from './rule.ts';

export const sagemakerLossNotDecreasing = {
  id: 'sagemaker-loss-not-decreasing',
  title: 'SageMaker Debugger: loss not lower than 10 steps ago',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, LossNotDecreasing: num_steps = 10, diff_percent not set, so any decrease will do. Where it is set up by the SDK the loss is saved every 500 steps; here it is read at every step.',
  pattern: 'stalled',
  signals: ['loss'],
  watch: (context) => everyTenSteps(context, (loss, before) => loss >= before),
} as const satisfies PublishedRule;
