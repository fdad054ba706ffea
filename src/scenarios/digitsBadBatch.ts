// Digits: one mini-batch with inputs three times too bright and labels swapped.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsBadBatch = {
  id: 'digits-bad-batch',
  title: 'Digits: one bad batch',
  group: 'The same on MNIST digits',
  story: 'One step undoes much of what was learned; some steps later it is back.',
  cause:
    'A single mini-batch was spoilt on its way in: its pixels three times too bright, its labels swapped.',
  signal: 'gradient_norm jumps for one step and is gone; the rate has not changed.',
  recipe: parseRecipe({
    data: 'mnist',
    classes: 10,
    train: 10000,
    validation: 1000,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: 0.1,
    timeline: [
      { at: 149, by: 'bad-batch', change: { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 } },
    ],
  }),
  steps: 300,
  expected: ['loss-spike'],
  may: ['exploding-gradient'],
  remedies: ['skip-batches', 'clip'],
} as const satisfies Scenario;
