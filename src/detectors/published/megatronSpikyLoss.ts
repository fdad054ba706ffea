// Megatron-LM’s check for a spiky loss.
import { beyondLargest } from './largest.ts';
import type { PublishedRule } from './rule.ts';

export const megatronSpikyLoss = {
  id: 'megatron-spiky-loss',
  title: 'Megatron-LM: loss 10× its early maximum',
  source:
    'Megatron-LM (--check-for-spiky-loss; RerunStateMachine.is_unexpectedly_large): SPIKY_LOSS_FACTOR = 10 on the largest of the first num_samples = 100 losses.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: (context) => beyondLargest(context, 'loss'),
} as const satisfies PublishedRule;
