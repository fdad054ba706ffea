// Mean loss of the validation set, at its evaluation steps.
import { always, type Signal } from './signal.ts';

export const validationLoss = {
  id: 'validation_loss',
  metric: 'training.validation_loss',
  instrument: 'gauge',
  unit: '{loss}',
  scope: 'run',
  description: 'Mean loss of the validation set, at its evaluation steps.',
  applies: always,
} as const satisfies Signal;
