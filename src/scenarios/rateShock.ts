// The learning rate is raised a hundred times: a spike, and then dead ReLUs.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const rateShock = {
  id: 'rate-shock',
  title: 'Learning rate ×100',
  group: 'Dead neurons',
  story: 'The loss jumps and never comes back: whatever is sent in, the answer is the same.',
  cause: 'One update is so long that it throws the biases of whole layers below anything the data can lift.',
  signal: 'gradient_norm jumps, and a window later dead_neuron_ratio is at 100 %.',
  recipe: parseRecipe({
    timeline: [{ at: 400, by: 'raise-rate', change: { kind: 'scale-rate', factor: 100 } }],
  }),
  steps: 600,
  expected: ['loss-spike', 'dead-neurons'],
  may: ['exploding-gradient', 'stalled', 'vanishing-gradient'],
  remedies: ['divide-rate', 'lower-rate'],
} as const satisfies Scenario;
