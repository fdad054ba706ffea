// Mean activation of a hidden layer over the mini-batch.
import { always, type Signal } from './signal.ts';

export const activationMean = {
  id: 'activation_mean',
  metric: 'training.activation_mean',
  instrument: 'gauge',
  unit: '{activation}',
  scope: 'layer',
  description: 'Mean activation of a hidden layer over the mini-batch.',
  applies: always,
} as const satisfies Signal;
