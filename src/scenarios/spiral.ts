// Two interleaved arms: the hardest of the 2-D sets.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const spiral = {
  id: 'spiral',
  title: 'Spiral, ReLU 24–24',
  group: 'Healthy networks to break',
  story: 'Two interleaved arms: the hardest of the 2-D sets.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({ data: 'spiral', noise: 0.15, hidden: [24, 24] }),
  steps: 2000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
