// Share of the mini-batch that the network classifies rightly.
import { always, type Signal } from './signal.ts';

export const accuracy = {
  id: 'accuracy',
  metric: 'training.accuracy',
  instrument: 'gauge',
  unit: '1',
  scope: 'run',
  description: 'Share of the mini-batch that the network classifies rightly.',
  applies: always,
} as const satisfies Signal;
