// Share of the validation set that the network classifies rightly.
import { always, type Signal } from './signal.ts';

export const validationAccuracy = {
  id: 'validation_accuracy',
  metric: 'training.validation_accuracy',
  instrument: 'gauge',
  unit: '1',
  scope: 'run',
  description: 'Share of the validation set that the network classifies rightly.',
  applies: always,
} as const satisfies Signal;
