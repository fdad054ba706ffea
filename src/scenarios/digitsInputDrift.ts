// Digits: users turn their images further and further.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const digitsInputDrift = {
  id: 'digits-input-drift',
  title: 'Digits: users tilt the page',
  group: 'The same on MNIST digits',
  story:
    'Users send digits that are more and more tilted; every training and validation figure stays as it was.',
  cause: 'The validation set holds upright digits, and users send tilted ones.',
  signal: 'The KL divergence over blocks of pixels climbs with the tilt; nothing that training emits moves.',
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
        at: 100,
        by: 'drift-inputs',
        change: { kind: 'drift', shift: 0, scale: 1, rotate: 45, noise: 0, prior: 0, steps: 100 },
      },
    ],
  }),
  steps: 300,
  expected: ['input-shift'],
  remedies: ['refresh-validation'],
} as const satisfies Scenario;
