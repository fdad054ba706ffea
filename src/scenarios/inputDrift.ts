// What users send moves away while the network trains.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const inputDrift = {
  id: 'input-drift',
  title: 'Users move away',
  group: 'Observability gap',
  story:
    'The points that users send walk out of the ring; every training and validation figure stays as it was.',
  cause:
    'The world moved: what users send has shifted, and the validation set still holds what they sent before.',
  signal: 'The KL divergence climbs from its floor with the shift; nothing that training emits moves.',
  recipe: parseRecipe({
    timeline: [
      {
        at: 400,
        by: 'drift-inputs',
        change: { kind: 'drift', shift: 1.25, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 300 },
      },
    ],
  }),
  steps: 900,
  expected: ['input-shift'],
  remedies: ['refresh-validation'],
  moral: 'No training signal can see it: compare what users send with what you validate on.',
} as const satisfies Scenario;
