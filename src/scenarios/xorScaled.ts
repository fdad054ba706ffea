// Production twice as large: an alarm, and no harm.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const xorScaled = {
  id: 'xor-scaled',
  title: 'Twice as large, harmlessly',
  group: 'Observability gap',
  story: 'The alarm fires, and users get the same right answers as before.',
  cause:
    'Twice as far from the centre, a point still lies in its own quadrant: the distribution changed, the answer did not.',
  signal: 'The KL divergence jumps far past its limit; whether that harms, only labels tell.',
  recipe: parseRecipe({
    data: 'xor',
    noise: 0.1,
    timeline: [
      {
        at: 400,
        by: 'drift-inputs',
        change: { kind: 'drift', shift: 0, scale: 2, rotate: 0, noise: 0, prior: 0, steps: 1 },
      },
    ],
  }),
  steps: 900,
  expected: ['input-shift'],
  remedies: ['refresh-validation'],
  moral: 'An alarm about inputs is a question, not a verdict: only labels say whether it harms.',
} as const satisfies Scenario;
