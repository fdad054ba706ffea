// Digits: training on 30 images.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsLittleData = {
  id: 'digits-little-data',
  title: 'Digits: 30 images',
  group: 'The same on MNIST digits',
  story: 'Training becomes perfect while validation gets worse.',
  cause: 'Thirty images can be told apart by many pixels, and few of those mean anything for the others.',
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
    timeline: [{ at: 100, by: 'starve', change: { kind: 'set', settings: { keep: 30 } } }],
  }),
  steps: 300,
  expected: ['overfit'],
  remedies: ['give-data-back', 'stop-at-best'],
} as const satisfies Scenario;
