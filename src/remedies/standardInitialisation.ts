// Initial weights of the standard scale, from the start.
import type { Remedy } from './remedy.ts';

/** How far from the standard the scale must be to be the cause. */
const farOff = 2;

export const standardInitialisation = {
  id: 'standard-initialisation',
  title: () => 'standard initial weights',
  starts: 'rewind',
  answers: { saturation: 1, 'exploding-gradient': 2, stalled: 2 },
  why: 'He’s and Glorot’s scales keep activations and gradients of about the same size from layer to layer.',
  limits: () => 'It starts over: whatever was learned is gone. No help where the weights have grown since.',
  offered: ({ settings: { initialScale } }) => initialScale >= farOff || initialScale <= 1 / farOff,
  change: () => ({ kind: 'initialise' }),
} as const satisfies Remedy;
