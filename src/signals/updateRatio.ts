// Norm of the update ÷ norm of the parameters it was applied to.
import { always, type Signal } from './signal.ts';

export const updateRatio = {
  id: 'update_ratio',
  metric: 'training.update_ratio',
  instrument: 'gauge',
  unit: '1',
  scope: 'run',
  description: 'Norm of the update ÷ norm of the parameters it was applied to.',
  applies: always,
} as const satisfies Signal;
