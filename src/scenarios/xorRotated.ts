// Production turned by 90°: every answer wrong, and no input statistic moves.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const xorRotated = {
  id: 'xor-rotated',
  title: 'Turned by 90°, silently',
  group: 'Observability gap',
  story: 'Nearly every answer to users is wrong, and no alert ever fires.',
  cause:
    'Turned by a quarter, XOR has the same points with the opposite labels: each feature is distributed as before.',
  signal: 'Nothing moves: the KL divergence of each feature stays on its floor, and only labels could tell.',
  recipe: parseRecipe({
    data: 'xor',
    noise: 0.1,
    timeline: [
      {
        at: 400,
        by: 'drift-inputs',
        change: { kind: 'drift', shift: 0, scale: 1, rotate: 90, noise: 0, prior: 0, steps: 1 },
      },
    ],
  }),
  steps: 900,
  expected: [],
  remedies: ['refresh-validation'],
  moral:
    'Statistics of the inputs see that they moved, never what they mean: ask for some labels from production.',
} as const satisfies Scenario;
