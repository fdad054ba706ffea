// Early stopping in hindsight: back to the best validation checkpoint, and no step further.
import type { Remedy } from './remedy.ts';

export const stopAtBest = {
  id: 'stop-at-best',
  title: () => 'and stop there',
  starts: 'best',
  answers: { overfit: 2 },
  why: 'Validation loss was lowest there: every step since has traded it for the training examples.',
  limits: () => 'It learns nothing more: it stays as good as that checkpoint was, and no better.',
  offered: ({ settings }) => settings.learningRate > 0,
  change: () => ({ kind: 'set', settings: { learningRate: 0 } }),
} as const satisfies Remedy;
