// Three species of penguin by four measurements: real data in a table.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const penguins = {
  id: 'penguins',
  title: 'Palmer penguins, ReLU 16',
  group: 'Healthy networks to break',
  story: 'Three species of penguin by four measurements: real data in a table.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({
    data: 'penguins',
    classes: 3,
    train: 200,
    validation: 100,
    hidden: [16],
    loss: 'softmax-cross-entropy',
    batch: 32,
  }),
  steps: 1000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
