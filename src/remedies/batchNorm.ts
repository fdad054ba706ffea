// Batch normalisation before every hidden activation, from here.
import { rateIsRaised, type Remedy } from './remedy.ts';

export const batchNorm = {
  id: 'batch-norm',
  title: () => 'add batch norm',
  starts: 'here',
  answers: { 'dead-neurons': 1, saturation: 2, 'vanishing-gradient': 2 },
  why: 'It re-centres and re-scales each neuron’s input over the batch, so about half of the examples activate it again and few drive it to a bound.',
  limits: () => 'Needs batches of some size, and is no help while the raised rate is in force.',
  offered: (context) => !context.settings.batchNorm && !rateIsRaised(context) && context.recipe.batch > 1,
  change: () => ({ kind: 'set', settings: { batchNorm: true } }),
} as const satisfies Remedy;
