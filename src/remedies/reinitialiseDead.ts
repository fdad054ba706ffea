// Draws dead units anew, from here.
import { rateIsRaised, type Remedy } from './remedy.ts';

export const reinitialiseDead = {
  id: 'reinitialise-dead',
  title: () => 'draw dead neurons anew',
  starts: 'here',
  answers: { 'dead-neurons': 2 },
  why: 'New weights and the bias that it began with give each of them examples to learn from again.',
  limits: () => 'Cures, does not prevent: whatever killed them can kill them again.',
  offered: (context) => context.settings.activation === 'relu' && !rateIsRaised(context),
  change: () => ({ kind: 'reinitialise' }),
} as const satisfies Remedy;
