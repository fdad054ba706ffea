// Initial weights four times too large.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const explodingGradient = {
  id: 'exploding-gradient',
  title: 'Initial weights ×4',
  group: 'More ways to fail',
  story: 'The loss starts far above guessing, and the first hundreds of steps only undo the start.',
  cause:
    'Every layer multiplies by weights four times too large, so outputs and gradients start four times too large for each layer they pass.',
  signal: 'gradient_norm is past its limit in the first steps, and the loss starts tens of times too high.',
  recipe: parseRecipe({
    activation: 'leaky-relu',
    timeline: [{ at: 0, by: 'edit', change: { kind: 'set', settings: { initialScale: 4 } } }],
  }),
  steps: 300,
  expected: ['exploding-gradient'],
  may: ['loss-spike', 'overfit'],
  remedies: ['standard-initialisation', 'batch-norm-rewind'],
} as const satisfies Scenario;
