// Weight decay, from the last healthy checkpoint.
import type { Remedy } from './remedy.ts';

const decay = 0.01;

export const weightDecay = {
  id: 'weight-decay',
  title: () => `weight decay ${decay}`,
  starts: 'rewind',
  answers: { overfit: 4 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.l2 < decay,
  change: () => ({ kind: 'set', settings: { l2: decay } }),
} as const satisfies Remedy;
