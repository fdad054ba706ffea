// A learning rate a thousand times too low.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const stalled = {
  id: 'stalled',
  title: 'A thousandth of the rate',
  group: 'More ways to fail',
  story: 'Nothing happens: the border creeps, and hundreds of steps later the loss is nearly what it was.',
  cause:
    'The updates are a thousandth of what they should be: it would learn, in a thousand times as many steps.',
  signal: 'The loss has hardly fallen after hundreds of steps, and update_ratio is tiny.',
  recipe: parseRecipe({
    data: 'moons',
    noise: 0.2,
    timeline: [{ at: 0, by: 'edit', change: { kind: 'scale-rate', factor: 0.001 } }],
  }),
  steps: 600,
  expected: ['stalled'],
  remedies: ['restore-rate'],
} as const satisfies Scenario;
