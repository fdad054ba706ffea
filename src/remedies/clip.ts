// Clips the gradient at a global norm of 1 and restarts from the last healthy checkpoint.
import type { Remedy } from './remedy.ts';

const norm = 1;

export const clip = {
  id: 'clip',
  title: () => `clip gradients at ${norm}.0`,
  starts: 'rewind',
  answers: { 'loss-spike': 3, nonfinite: 3 },
  why: 'No single update can be longer than the rate times the limit, however steep the slope.',
  limits: ({ recipe }) =>
    recipe.optimizer === 'adam'
      ? 'Changes almost nothing here: Adam divides by the gradient’s own size. It would stop a bad batch under SGD.'
      : 'Prevention: it tames a bad batch and softens this spike. The rate stays in force; at ×100 it does not save the run.',
  offered: ({ settings }) => settings.clipNorm === 0 || settings.clipNorm > norm,
  change: () => ({ kind: 'set', settings: { clipNorm: norm } }),
} as const satisfies Remedy;
