// Five sigmoid layers: the first ones get no gradient.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const vanishingGradient = {
  id: 'vanishing-gradient',
  title: 'Five sigmoid layers',
  group: 'More ways to fail',
  story: 'The loss stays where guessing puts it, however long it trains.',
  cause:
    'A sigmoid’s slope is a quarter at most: through five layers next to nothing of the gradient is left for the first.',
  signal: 'gradient_norm_ratio, first layer ÷ last, is far below its limit from the start.',
  recipe: parseRecipe({
    hidden: [16, 16, 16, 16, 16],
    activation: 'tanh',
    timeline: [{ at: 0, by: 'edit', change: { kind: 'set', settings: { activation: 'sigmoid' } } }],
  }),
  steps: 800,
  expected: ['vanishing-gradient'],
  may: ['stalled'],
  remedies: ['relu', 'batch-norm'],
} as const satisfies Scenario;
