// One mini-batch with inputs three times too large and labels swapped.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const badBatch = {
  id: 'bad-batch',
  title: 'One bad batch',
  group: 'Training instability',
  story: 'One step undoes much of what was learned; some steps later it is back.',
  cause:
    'A single mini-batch was spoilt on its way in: its inputs three times too large, its labels swapped.',
  signal: 'gradient_norm jumps for one step and is gone; the rate has not changed.',
  recipe: parseRecipe({
    timeline: [
      { at: 399, by: 'bad-batch', change: { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 } },
    ],
  }),
  steps: 600,
  expected: ['loss-spike'],
  may: ['exploding-gradient'],
  remedies: ['skip-batches', 'clip'],
  moral: 'One batch is not a trend: a gradient that comes back by itself was the data.',
} as const satisfies Scenario;
