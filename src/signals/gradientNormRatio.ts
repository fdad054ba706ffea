// Gradient norm of the first layer ÷ gradient norm of the last.
import { always, type Signal } from './signal.ts';

export const gradientNormRatio = {
  id: 'gradient_norm_ratio',
  metric: 'training.gradient_norm_ratio',
  instrument: 'gauge',
  unit: '1',
  scope: 'run',
  description: 'Gradient norm of the first layer ÷ gradient norm of the last.',
  applies: always,
} as const satisfies Signal;
