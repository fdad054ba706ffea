// Megatron-LM’s check for large gradients.
import { beyondLargest } from './largest.ts';
import type { PublishedRule } from './rule.ts';

export const megatronLargeGradient = {
  id: 'megatron-large-gradient',
  title: 'Megatron-LM: gradient norm 10× its early maximum',
  source:
    'Megatron-LM (--check-for-large-grads; RerunStateMachine.is_unexpectedly_large): threshold = 10 on the largest of the first num_samples = 100 gradient norms. There the norm of each bucket of gradients; here that of all.',
  pattern: 'exploding-gradient',
  signals: ['gradient_norm'],
  watch: (context) => beyondLargest(context, 'gradient_norm'),
} as const satisfies PublishedRule;
