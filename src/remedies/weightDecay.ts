// Weight decay (L2), from the last healthy checkpoint.
import type { Remedy } from './remedy.ts';

/** More holds the network back on the data that it has; less changes little. */
const l2 = 0.01;

export const weightDecay = {
  id: 'weight-decay',
  title: () => `weight decay ${l2}`,
  starts: 'rewind',
  answers: { overfit: 3 },
  why: 'Every step pulls all weights towards 0: what few examples ask for is forgotten again.',
  limits: () => 'Softens it, does not end it: what the missing examples would have taught, it cannot know.',
  offered: ({ settings }) => settings.l2 < l2,
  change: () => ({ kind: 'set', settings: { l2 } }),
} as const satisfies Remedy;
