// Gives the training data back, from the last healthy checkpoint.
import { counted } from '../core/wording.ts';
import type { Remedy } from './remedy.ts';

export const giveDataBack = {
  id: 'give-data-back',
  title: ({ recipe }) => `give the ${counted(recipe.train, 'example')} back`,
  starts: 'rewind',
  answers: { overfit: 1 },
  why: 'With many examples there is nothing shorter to learn than what they have in common.',
  limits: () =>
    'It cannot tell you which labels were wrong. Given back without the rewind, unlearning takes some hundred steps.',
  offered: ({ settings }) => settings.keep > 0,
  change: () => ({ kind: 'set', settings: { keep: 0, mislabelled: 0 } }),
} as const satisfies Remedy;
