// The same raw rule over a window that is large enough to mean something.
import { divergenceAbove } from './divergence.ts';
import type { PublishedRule } from './rule.ts';

export const klWindow = {
  id: 'kl-window',
  title: 'KL > 0.1 on a window of 512',
  source:
    'A fixed threshold on the divergence of each feature, such as KLDivergence of CapyMOA: threshold = 0.1, no correction for the size of the window or the number of features; here over windows of 512.',
  pattern: 'input-shift',
  signals: ['input_kl_divergence'],
  watch: (context) => divergenceAbove(context, 'input_kl_divergence'),
} as const satisfies PublishedRule;
