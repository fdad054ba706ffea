// Two half circles that reach into each other.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const moons = {
  id: 'moons',
  title: 'Moons, ReLU 16–16',
  group: 'Healthy networks to break',
  story: 'Two half circles that reach into each other.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({ data: 'moons', noise: 0.2 }),
  steps: 2000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
