// Four Gaussian blobs, told apart by a softmax.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const blobs = {
  id: 'blobs',
  title: 'Four blobs, ReLU 16',
  group: 'Healthy networks to break',
  story: 'Four Gaussian blobs, told apart by a softmax.',
  cause: 'Nothing is wrong.',
  signal: 'No detector fires.',
  recipe: parseRecipe({
    data: 'blobs',
    classes: 4,
    noise: 0.45,
    hidden: [16],
    loss: 'softmax-cross-entropy',
  }),
  steps: 2000,
  expected: [],
  remedies: [],
} as const satisfies Scenario;
