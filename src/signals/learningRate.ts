// Learning rate in force at this step.
import { always, type Signal } from './signal.ts';

export const learningRate = {
  id: 'learning_rate',
  metric: 'training.learning_rate',
  instrument: 'gauge',
  unit: '{rate}',
  scope: 'run',
  description: 'Learning rate in force at this step.',
  applies: always,
} as const satisfies Signal;
