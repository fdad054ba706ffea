// Handwritten digits, 28 × 28: real data.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digits = {
  id: 'digits',
  title: 'MNIST digits, ReLU 32',
  group: 'Healthy networks to break',
  story: 'Handwritten digits, 28 × 28: real data.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({
    data: 'mnist',
    classes: 10,
    train: 10000,
    validation: 1000,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: 0.1,
  }),
  steps: 300,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
