// The raw rule per batch: a lesson in false alarms.
import { divergenceAbove } from './divergence.ts';
import type { PublishedRule } from './rule.ts';

export const klBatch = {
  id: 'kl-batch',
  title: 'KL > 0.1 on a batch of 32',
  source:
    'A fixed threshold on the divergence of each feature, such as KLDivergence of CapyMOA: threshold = 0.1, no correction for the size of the window or the number of features; here over batches of 32.',
  pattern: 'input-shift',
  signals: ['input_kl_batch'],
  watch: (context) => divergenceAbove(context, 'input_kl_batch'),
} as const satisfies PublishedRule;
