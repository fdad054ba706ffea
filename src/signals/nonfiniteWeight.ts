// NaN and infinite values among the parameters after the update.
import { always, type Signal } from './signal.ts';

export const nonfiniteWeight = {
  id: 'nonfinite_weight',
  metric: 'training.nonfinite',
  instrument: 'counter',
  unit: '{value}',
  scope: 'run',
  description: 'NaN and infinite values among the parameters after the update.',
  applies: always,
} as const satisfies Signal;
