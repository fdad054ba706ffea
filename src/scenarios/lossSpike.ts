// It worked for 500 steps: a rate that is too high from the start, and shows it late.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const lossSpike = {
  id: 'loss-spike',
  title: 'It worked for 500 steps',
  group: 'Training instability',
  story: 'The spiral is learned and the loss still falls; then it jumps, with nobody near a button.',
  cause:
    'The learning rate was too high from step 0: as the loss fell the slope became steeper, and the same step became too long.',
  signal: 'gradient_norm leaves its rolling average some steps before the loss jumps.',
  recipe: parseRecipe({
    data: 'spiral',
    noise: 0.08,
    activation: 'leaky-relu',
    optimizer: 'adam',
    learningRate: 0.004,
    momentum: 0.6,
    batch: 64,
    seed: 37,
    timeline: [{ at: 0, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } }],
  }),
  steps: 1500,
  expected: ['loss-spike'],
  remedies: ['divide-rate'],
  moral: 'It worked for 500 steps is no proof: watch the gradient, not the past.',
} as const satisfies Scenario;
