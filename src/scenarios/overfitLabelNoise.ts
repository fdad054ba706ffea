// Training on 60 examples, one in five with a wrong label.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const overfitLabelNoise = {
  id: 'overfit-label-noise',
  title: 'One label in five is wrong',
  group: 'Observability gap',
  story: 'The border grows a peninsula around every wrong label until training is nearly perfect.',
  cause:
    'A wrong label can only be learned by heart, and whatever lies near it is then answered wrongly too.',
  signal: 'validation_loss falls at first, then turns and rises while the training loss goes on falling.',
  recipe: parseRecipe({
    activation: 'leaky-relu',
    optimizer: 'adam',
    learningRate: 0.01,
    timeline: [{ at: 0, by: 'starve', change: { kind: 'set', settings: { keep: 60, mislabelled: 12 } } }],
  }),
  steps: 1000,
  expected: ['overfit'],
  remedies: ['give-data-back', 'stop-at-best'],
} as const satisfies Scenario;
