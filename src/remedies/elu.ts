// ELU in place of ReLU, from here.
import { rateIsRaised, type Remedy } from './remedy.ts';

export const elu = {
  id: 'elu',
  title: () => 'ELU',
  starts: 'here',
  answers: { 'dead-neurons': 5 },
  why: 'Its gradient below zero is eˣ: small, not none.',
  limits: () => 'Far below zero eˣ vanishes too: neurons pushed a long way often stay dead.',
  offered: (context) => context.settings.activation === 'relu' && !rateIsRaised(context),
  change: () => ({ kind: 'set', settings: { activation: 'elu' } }),
} as const satisfies Remedy;
