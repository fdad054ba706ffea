// Initial weights that drive tanh to its bounds.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const saturatedTanh = {
  id: 'saturated-tanh',
  title: 'Saturated tanh',
  group: 'More ways to fail',
  story: 'It learns, but slowly and badly: the border stays ragged.',
  cause:
    'Initial weights twelve times too large drive nearly every tanh to its bounds, where its slope is next to 0.',
  signal: 'saturation_ratio of both layers is past its limit from the start.',
  recipe: parseRecipe({
    activation: 'tanh',
    timeline: [{ at: 0, by: 'edit', change: { kind: 'set', settings: { initialScale: 12 } } }],
  }),
  steps: 400,
  expected: ['saturation'],
  remedies: ['standard-initialisation', 'batch-norm'],
} as const satisfies Scenario;
