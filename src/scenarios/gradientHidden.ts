// The gradient norm is not emitted when the rate is raised.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const gradientHidden = {
  id: 'gradient-hidden',
  title: 'Gradient norm not emitted',
  group: 'Observability gap',
  story: 'The loss jumps and comes back, and the alert for it stays dark.',
  cause: 'The learning rate was raised ten times, and the signal that shows why is not emitted.',
  signal: 'gradient_norm is absent: the spike is visible in the loss alone, after the fact.',
  recipe: parseRecipe({
    timeline: [
      { at: 0, by: 'hide-signals', change: { kind: 'set', settings: { unemitted: ['gradient_norm'] } } },
      { at: 397, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
    ],
  }),
  steps: 600,
  expected: ['observability-gap'],
  may: ['dead-neurons', 'loss-spike'],
  remedies: ['emit-signals'],
  moral: 'The loss told late and nobody alarmed: what has no signal has no alert.',
} as const satisfies Scenario;
