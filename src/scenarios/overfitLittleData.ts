// Training on 24 examples.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const overfitLittleData = {
  id: 'overfit-little-data',
  title: '24 examples',
  group: 'Observability gap',
  story: 'Training becomes perfect while validation gets worse and worse.',
  cause:
    'With 24 examples there is always a border that fits every one of them, and little of it is true of the rest.',
  signal: 'validation_loss leaves the training loss behind: their ratio passes its limit and keeps growing.',
  recipe: parseRecipe({
    learningRate: 0.2,
    seed: 3,
    timeline: [{ at: 400, by: 'starve', change: { kind: 'set', settings: { keep: 24 } } }],
  }),
  steps: 1200,
  expected: ['overfit'],
  remedies: ['give-data-back', 'stop-at-best'],
} as const satisfies Scenario;
