// Early stopping in hindsight: back to the best validation checkpoint, and no step further.
import type { Remedy } from './remedy.ts';

export const stopAtBest = {
  id: 'stop-at-best',
  title: () => 'stop',
  starts: 'best',
  answers: { overfit: 2 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.learningRate > 0,
  change: () => ({ kind: 'set', settings: { learningRate: 0 } }),
} as const satisfies Remedy;
