// Dropout, from the last healthy checkpoint.
import { percent } from '../core/wording.ts';
import type { Remedy } from './remedy.ts';

const share = 0.3;

export const dropout = {
  id: 'dropout',
  title: () => `drop ${percent(share)} of the activations`,
  starts: 'rewind',
  answers: { overfit: 3 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.dropout < share,
  change: () => ({ kind: 'set', settings: { dropout: share } }),
} as const satisfies Remedy;
