// Digits: the learning rate is raised four times.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsRateRaised = {
  id: 'digits-rate-raised',
  title: 'Digits: learning rate ×4',
  group: 'The same on MNIST digits',
  story: 'The loss jumps, digits are misread for some steps, and the network finds its way back.',
  cause: 'One update is four times as long as this landscape allows and overshoots.',
  signal: 'gradient_norm and update_ratio jump together with the loss, and all three come back.',
  recipe: parseRecipe({
    data: 'mnist',
    classes: 10,
    train: 10000,
    validation: 1000,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: 0.1,
    timeline: [{ at: 147, by: 'raise-rate', change: { kind: 'scale-rate', factor: 4 } }],
  }),
  steps: 300,
  expected: ['loss-spike'],
  may: ['exploding-gradient'],
  remedies: ['divide-rate', 'clip'],
} as const satisfies Scenario;
