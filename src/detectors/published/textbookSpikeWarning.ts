// The textbook rule of a loss spike, at the value at which it warns.
import { normGrowth } from './normGrowth.ts';
import type { PublishedRule } from './rule.ts';

export const textbookSpikeWarning = {
  id: 'textbook-spike-warning',
  title: 'Textbook, warning: gradient norm 5× its rolling average',
  source:
    'The rule of thumb that a loss spike shows as a gradient_norm of 5–10× its rolling average; here 5×, of the 50 steps before, from step 20 on.',
  pattern: 'loss-spike',
  signals: ['gradient_norm'],
  watch: (context) => normGrowth(context, 5),
} as const satisfies PublishedRule;
