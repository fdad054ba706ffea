// NaN and infinite losses among the examples of the mini-batch.
import { always, type Signal } from './signal.ts';

export const nonfiniteLoss = {
  id: 'nonfinite_loss',
  metric: 'training.nonfinite',
  instrument: 'counter',
  unit: '{value}',
  scope: 'run',
  description: 'NaN and infinite losses among the examples of the mini-batch.',
  applies: always,
} as const satisfies Signal;
