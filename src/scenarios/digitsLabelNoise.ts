// Digits: training on 100 images, one in five with a wrong label.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsLabelNoise = {
  id: 'digits-label-noise',
  title: 'Digits: one label in five is wrong',
  group: 'The same on MNIST digits',
  story: 'Training becomes perfect, wrong labels included, while validation gets worse.',
  cause: 'A wrong label can only be learned by heart, and whatever looks like it is then misread too.',
  signal: 'validation_loss leaves the training loss behind.',
  recipe: parseRecipe({
    data: 'mnist',
    classes: 10,
    train: 10000,
    validation: 1000,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: 0.1,
    timeline: [{ at: 100, by: 'starve', change: { kind: 'set', settings: { keep: 100, mislabelled: 20 } } }],
  }),
  steps: 300,
  expected: ['overfit'],
  may: ['loss-spike'],
  remedies: ['give-data-back', 'stop-at-best'],
} as const satisfies Scenario;
