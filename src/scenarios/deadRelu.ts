// Fourteen of sixteen ReLUs go out one after another.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const deadRelu = {
  id: 'dead-relu',
  title: 'ReLUs die one by one',
  group: 'Dead neurons',
  story: 'Neurons go out one after another, the disk opens into a beam, and more training does not help.',
  cause:
    'Biases sink until no example lifts the neurons above zero: there ReLU has no gradient, so they never update again.',
  signal:
    'dead_neuron_ratio of layer 1 climbs past its limit while its activation_mean falls towards 0; nothing jumps.',
  recipe: parseRecipe({
    timeline: [
      {
        at: 400,
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 14, perStep: -0.1, steps: 70 },
      },
    ],
  }),
  steps: 800,
  expected: ['dead-neurons'],
  may: ['loss-spike'],
  remedies: ['batch-norm', 'reinitialise-dead', 'leaky-relu'],
} as const satisfies Scenario;
