// ReLU in place of a bounded activation, from here.
import { rateIsRaised, type Remedy } from './remedy.ts';

const bounded: readonly string[] = ['sigmoid', 'tanh'];

export const relu = {
  id: 'relu',
  title: () => 'ReLU',
  starts: 'here',
  answers: { 'vanishing-gradient': 1, stalled: 3 },
  why: 'Its slope is 1 wherever a neuron is active, so layers hand the gradient on undiminished.',
  limits: () =>
    'Only where the activation is the cause: it is no help against weights that are too large or a rate that is too low. Neurons can die now.',
  offered: (context) => bounded.includes(context.settings.activation) && !rateIsRaised(context),
  change: () => ({ kind: 'set', settings: { activation: 'relu' } }),
} as const satisfies Remedy;
