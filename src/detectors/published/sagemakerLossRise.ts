// SageMaker Debugger’s LossNotDecreasing, read as a spike rule: the loss is 5 % up on ten steps ago.
import { everyTenSteps } from './tenSteps.ts';
import type { PublishedRule } from './rule.ts';

const rise = 1.05;

export const sagemakerLossRise = {
  id: 'sagemaker-loss-rise',
  title: 'SageMaker Debugger: loss +5 % in 10 steps',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, LossNotDecreasing with num_steps = 10. The default asks for any decrease and is in the list as a rule for stalled training; here the loss must have risen, by 5 %, to be a spike.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: (context) => everyTenSteps(context, (loss, before) => loss > rise * before),
} as const satisfies PublishedRule;
