// Validation is not emitted while training overfits.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const validationHidden = {
  id: 'validation-hidden',
  title: 'Validation loss not emitted',
  group: 'Observability gap',
  story: 'Training becomes nearly perfect, no alert about it fires, and the network is worse than it was.',
  cause:
    'Someone cut the data to 24 examples, four of them mislabelled; what would have shown it, nobody emits.',
  signal:
    'validation_loss and validation_accuracy are absent: the overfit detector is blind, and the gap itself is the only alarm.',
  recipe: parseRecipe({
    learningRate: 0.2,
    timeline: [
      {
        at: 0,
        by: 'hide-signals',
        change: { kind: 'set', settings: { unemitted: ['validation_loss', 'validation_accuracy'] } },
      },
      { at: 400, by: 'starve', change: { kind: 'set', settings: { keep: 24, mislabelled: 4 } } },
    ],
  }),
  steps: 1600,
  expected: ['observability-gap'],
  may: ['loss-spike'],
  remedies: ['emit-signals'],
  moral: 'Nothing that went unseen is undone: give every signal that matters an alarm on its absence.',
} as const satisfies Scenario;
