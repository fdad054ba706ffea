// A learning rate with four zeros too many behind its point.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const stalled = {
  id: 'stalled',
  title: 'Four zeros too many',
  group: 'More ways to fail',
  story: 'Nothing happens: hundreds of steps later the border is where it was, and so is the loss.',
  cause:
    'The learning rate is a ten-thousandth of what it should be: it would learn, in ten thousand times as many steps.',
  signal: 'The loss has hardly fallen after hundreds of steps, and update_ratio is tiny.',
  recipe: parseRecipe({
    data: 'moons',
    noise: 0.2,
    timeline: [{ at: 0, by: 'edit', change: { kind: 'scale-rate', factor: 0.0001 } }],
  }),
  steps: 500,
  expected: ['stalled'],
  remedies: ['restore-rate'],
} as const satisfies Scenario;
