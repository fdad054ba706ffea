// Two half circles that reach into each other.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const moons = {
  id: 'moons',
  title: 'Moons, ReLU 16–16',
  group: 'Healthy networks to break',
  story: 'Two half circles that reach into each other.',
  recipe: parseRecipe({ data: 'moons', noise: 0.2 }),
  expected: [],
} as const satisfies Scenario;
