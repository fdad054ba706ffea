// Initial weights five times too large.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const explodingGradient = {
  id: 'exploding-gradient',
  title: 'Initial weights ×5',
  group: 'More ways to fail',
  story: 'The loss starts far above guessing, and the first hundreds of steps only undo the start.',
  cause:
    'Every layer multiplies by weights five times too large: outputs and gradients start that many times too large, to the power of the layers.',
  signal: 'gradient_norm is past its limit in the first steps, and the loss starts tens of times too high.',
  recipe: parseRecipe({
    activation: 'leaky-relu',
    timeline: [{ at: 0, by: 'edit', change: { kind: 'set', settings: { initialScale: 5 } } }],
  }),
  steps: 300,
  expected: ['exploding-gradient'],
  may: ['loss-spike'],
  remedies: ['batch-norm', 'clip'],
} as const satisfies Scenario;
