// A validation set that does not represent what users send.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const validationMisleads = {
  id: 'validation-misleads',
  title: 'Validated on the wrong crowd',
  group: 'Observability gap',
  story: 'Every figure is excellent, and users get wrong answers from the first day.',
  cause: 'The validation set was drawn like the training set; users send other places and mostly one class.',
  signal:
    'Only the KL divergence between production and validation inputs tells: it is past its limit from the first window on.',
  recipe: parseRecipe({
    data: 'moons',
    noise: 0.2,
    timeline: [
      {
        at: 0,
        by: 'drift-inputs',
        change: { kind: 'drift', shift: 1, scale: 1, rotate: 0, noise: 0, prior: 0.8, steps: 1 },
      },
    ],
  }),
  steps: 600,
  expected: ['input-shift'],
  remedies: ['refresh-validation'],
} as const satisfies Scenario;
