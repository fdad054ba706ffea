// ReLU in place of a bounded activation, from here.
import type { Remedy } from './remedy.ts';

export const relu = {
  id: 'relu',
  title: () => 'ReLU',
  starts: 'here',
  answers: { 'vanishing-gradient': 2, saturation: 2 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.activation === 'sigmoid' || settings.activation === 'tanh',
  change: () => ({ kind: 'set', settings: { activation: 'relu' } }),
} as const satisfies Remedy;
