// NaN and infinite values among the gradients.
import { always, type Signal } from './signal.ts';

export const nonfiniteGradient = {
  id: 'nonfinite_gradient',
  metric: 'training.nonfinite',
  instrument: 'counter',
  unit: '{value}',
  scope: 'run',
  description: 'NaN and infinite values among the gradients.',
  applies: always,
} as const satisfies Signal;
