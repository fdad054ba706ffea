// Dropout, from the last healthy checkpoint.
import { percent } from '../core/wording.ts';
import type { Remedy } from './remedy.ts';

const share = 0.3;

export const dropout = {
  id: 'dropout',
  title: () => `drop ${percent(share)} of the activations`,
  starts: 'rewind',
  answers: { overfit: 4 },
  why: 'No neuron can rely on a few others: what is learned by heart takes more of them than are there at a time.',
  limits: () =>
    'Softens wrong labels. Of a network this small it takes neurons that are needed: with few but clean examples it does more harm than good.',
  offered: ({ settings, recipe }) => settings.dropout < share && recipe.hidden.length > 0,
  change: () => ({ kind: 'set', settings: { dropout: share } }),
} as const satisfies Remedy;
