// Draws dead units anew, from here.
import type { Remedy } from './remedy.ts';

export const reinitialiseDead = {
  id: 'reinitialise-dead',
  title: () => 'draw dead neurons anew',
  starts: 'here',
  answers: { 'dead-neurons': 5 },
  why: 'x',
  limits: () => 'x',
  offered: () => true,
  change: () => ({ kind: 'reinitialise' }),
} as const satisfies Remedy;
