// The learning rate is raised ten times in mid-run.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const rateRaised = {
  id: 'rate-raised',
  title: 'Learning rate ×10',
  group: 'Training instability',
  story: 'The loss jumps, most answers are wrong for some steps, and the network finds its way back.',
  cause:
    'One update is ten times as long as this landscape allows and overshoots; where it lands the slope is gentler.',
  signal: 'gradient_norm and update_ratio jump together with the loss, and all three come back.',
  recipe: parseRecipe({
    timeline: [{ at: 397, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } }],
  }),
  steps: 600,
  expected: ['loss-spike'],
  may: ['dead-neurons', 'exploding-gradient'],
  remedies: ['divide-rate', 'clip'],
} as const satisfies Scenario;
