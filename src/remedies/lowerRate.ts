// A lower learning rate against dead neurons: prevention, so it needs the rewind.
import { whole } from '../core/wording.ts';
import { rateDivisor, type Remedy } from './remedy.ts';

export const lowerRate = {
  id: 'lower-rate',
  title: (context) => `learning rate ÷ ${whole(rateDivisor(context))}`,
  starts: 'rewind',
  answers: { 'dead-neurons': 4 },
  why: 'Shorter updates push fewer neurons past the point of no return.',
  limits: () =>
    'Prevents, does not revive: the rewind brings the neurons back, not the rate. Slower from here on.',
  offered: ({ settings }) => settings.learningRate > 0,
  change: (context) => ({ kind: 'scale-rate', factor: 1 / rateDivisor(context) }),
} as const satisfies Remedy;
