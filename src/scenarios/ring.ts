// A disk inside a ring: the default, on which every fault works.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const ring = {
  id: 'ring',
  title: 'Ring, ReLU 16–16',
  group: 'Healthy networks to break',
  story: 'A disk inside a ring: the default, on which every fault works.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({}),
  steps: 2000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
