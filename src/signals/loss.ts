// Mean loss of the mini-batch.
import { always, type Signal } from './signal.ts';

export const loss = {
  id: 'loss',
  metric: 'training.loss',
  instrument: 'gauge',
  unit: '{loss}',
  scope: 'run',
  description: 'Mean loss of the mini-batch.',
  applies: always,
} as const satisfies Signal;
