// Digits: most ReLUs go out one after another.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsDeadRelu = {
  id: 'digits-dead-relu',
  title: 'Digits: ReLUs die one by one',
  group: 'The same on MNIST digits',
  story: 'Neurons go out one after another, and fewer and fewer digits are read rightly.',
  cause:
    'Biases sink until no image lifts the neurons above zero: there ReLU has no gradient, so they never update again.',
  signal: 'dead_neuron_ratio climbs past its limit while activation_mean falls towards 0.',
  recipe: parseRecipe({
    data: 'mnist',
    classes: 10,
    train: 10000,
    validation: 1000,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: 0.1,
    timeline: [
      {
        at: 120,
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 28, perStep: -0.2, steps: 70 },
      },
    ],
  }),
  steps: 300,
  expected: ['dead-neurons'],
  remedies: ['batch-norm', 'reinitialise-dead', 'leaky-relu'],
} as const satisfies Scenario;
