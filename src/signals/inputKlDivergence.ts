// Divergence of what users send from the validation set.
import { always, type Signal } from './signal.ts';

export const inputKlDivergence = {
  id: 'input_kl_divergence',
  metric: 'training.input_kl_divergence',
  instrument: 'gauge',
  unit: '{nat}',
  scope: 'run',
  description: 'KL(production ‖ validation) of the inputs over a window of 512, largest over the features.',
  applies: always,
} as const satisfies Signal;
