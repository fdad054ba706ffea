// A higher rate.
import type { Remedy } from './remedy.ts';

export const restoreRate = {
  id: 'restore-rate',
  title: () => 'rate',
  starts: 'here',
  answers: { stalled: 1 },
  why: 'x',
  limits: () => 'x',
  offered: () => true,
  change: ({ recipe }) => ({ kind: 'set', settings: { learningRate: recipe.learningRate } }),
} as const satisfies Remedy;
