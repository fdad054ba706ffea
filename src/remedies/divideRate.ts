// Divides the learning rate by 10 (by 100 where it was raised that far) and restarts from the last healthy checkpoint.
import { whole } from '../core/wording.ts';
import { rateDivisor, type Remedy } from './remedy.ts';

export const divideRate = {
  id: 'divide-rate',
  title: (context) => `learning rate ÷ ${whole(rateDivisor(context))}`,
  starts: 'rewind',
  answers: { 'loss-spike': 2, nonfinite: 2 },
  why: 'Shorter steps fit the slope again; the checkpoint is from before the spike.',
  limits: () =>
    'Slower from here on. It prevents the next spike and undoes this one only through the rewind.',
  offered: ({ settings }) => settings.learningRate > 0,
  change: (context) => ({ kind: 'scale-rate', factor: 1 / rateDivisor(context) }),
} as const satisfies Remedy;
