// Four of sixteen ReLUs die: an alert without harm.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const deadFew = {
  id: 'dead-few',
  title: 'Four dead ReLUs, no harm',
  group: 'Dead neurons',
  story: 'A quarter of a layer goes out, the alert fires, and the answers stay as good as they were.',
  cause: 'Four neurons are pushed below zero for good; twelve are more than this task needs.',
  signal: 'dead_neuron_ratio is past its limit; loss and accuracy do not move.',
  recipe: parseRecipe({
    timeline: [
      {
        at: 400,
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 4, perStep: -0.1, steps: 70 },
      },
    ],
  }),
  steps: 800,
  expected: ['dead-neurons'],
  remedies: ['batch-norm', 'reinitialise-dead', 'leaky-relu'],
  moral: 'An alert is not a harm: look at what the network answers before you repair it.',
} as const satisfies Scenario;
