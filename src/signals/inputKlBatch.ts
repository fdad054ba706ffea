// The same divergence over a single small batch: too few inputs to mean anything, and shown for that.
import { always, type Signal } from './signal.ts';

export const inputKlBatch = {
  id: 'input_kl_batch',
  metric: 'training.input_kl_batch',
  instrument: 'gauge',
  unit: '{nat}',
  scope: 'run',
  description: 'KL(production ‖ validation) of a single batch of 32 inputs: mostly chance.',
  applies: always,
} as const satisfies Signal;
