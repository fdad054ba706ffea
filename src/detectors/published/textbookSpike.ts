// The textbook rule of a loss spike.
import { normGrowth } from './normGrowth.ts';
import type { PublishedRule } from './rule.ts';

export const textbookSpike = {
  id: 'textbook-spike',
  title: 'Textbook: gradient norm 10× its rolling average',
  source:
    'The rule of thumb that a loss spike shows as a gradient_norm of 5–10× its rolling average; here 10×, of the 50 steps before, from step 20 on.',
  pattern: 'loss-spike',
  signals: ['gradient_norm'],
  watch: (context) => normGrowth(context, 10),
} as const satisfies PublishedRule;
