// Global L2 norm of all gradients, before clipping.
import { always, type Signal } from './signal.ts';

export const gradientNorm = {
  id: 'gradient_norm',
  metric: 'training.gradient_norm',
  instrument: 'gauge',
  unit: '{norm}',
  scope: 'run',
  description: 'Global L2 norm of all gradients, before clipping.',
  applies: always,
} as const satisfies Signal;
