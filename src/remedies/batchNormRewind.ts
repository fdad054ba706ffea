// Batch normalisation against weights that began too large or too small: from the last healthy checkpoint.
import { batchNorm } from './batchNorm.ts';
import type { Remedy } from './remedy.ts';

export const batchNormRewind = {
  ...batchNorm,
  id: 'batch-norm-rewind',
  starts: 'rewind',
  answers: { 'exploding-gradient': 3, stalled: 4 },
  why: 'It divides each neuron’s input by its spread over the batch: how large the weights began no longer matters.',
  limits: () =>
    'Needs the rewind: what huge updates have done to the weights since, it does not undo. Needs batches of some size.',
} as const satisfies Remedy;
