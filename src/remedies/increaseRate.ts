// Ten times the learning rate against training that does not begin, from here.
import type { Remedy } from './remedy.ts';

const factor = 10;

export const increaseRate = {
  id: 'increase-rate',
  title: () => `learning rate × ${factor}`,
  starts: 'here',
  answers: { stalled: 5 },
  why: 'If the updates are too small, ten times as large they cover ten times the way.',
  limits: () => 'Only where the rate is the cause: dead or blind layers learn no faster at any rate.',
  offered: ({ recipe, settings }) => {
    const share = settings.learningRate / recipe.learningRate;
    return share > 1 / 1.5 && share < 1.5;
  },
  change: () => ({ kind: 'scale-rate', factor }),
} as const satisfies Remedy;
