// The rate ×100 without ReLUs that could die: numbers overflow.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const nonfinite = {
  id: 'nonfinite',
  title: 'NaN',
  group: 'More ways to fail',
  story: 'Within some steps every number is NaN, and no step leads back.',
  cause:
    'A hundred times the rate overshoots further with every update; LeakyReLU cannot die of it, so numbers grow until they overflow.',
  signal: 'The loss jumps by orders of magnitude a step, then nonfinite counts every value.',
  recipe: parseRecipe({
    activation: 'leaky-relu',
    timeline: [{ at: 400, by: 'raise-rate', change: { kind: 'scale-rate', factor: 100 } }],
  }),
  steps: 500,
  expected: ['loss-spike', 'nonfinite'],
  may: ['exploding-gradient'],
  remedies: ['divide-rate'],
} as const satisfies Scenario;
