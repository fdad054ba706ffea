// Four squares, opposite ones alike.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const xor = {
  id: 'xor',
  title: 'XOR, ReLU 16–16',
  group: 'Healthy networks to break',
  story: 'Four squares, opposite ones alike.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({ data: 'xor', noise: 0.2 }),
  steps: 2000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
