// Which runs the alert rules are tested on: every scenario, and what no scenario shows.
import type { Recipe } from '../../core/recipe.ts';
import { parseRecipe } from '../../data/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';

interface RecordedRecipe {
  readonly id: string;
  readonly recipe: Recipe;
  readonly steps: number;
}

const further: readonly RecordedRecipe[] = [
  {
    id: '(loss hidden)',
    recipe: parseRecipe({
      timeline: [{ at: 300, by: 'hide', change: { kind: 'set', settings: { unemitted: ['loss'] } } }],
    }),
    steps: 400,
  },
  // Steps just tiny enough: the limit on update_ratio decides.
  { id: '(rate too low)', recipe: parseRecipe({ learningRate: 0.001 }), steps: 300 },
  // Its steps are large enough, and validation loss never falls: the limit on that decides.
  {
    id: '(sigmoids in a row)',
    recipe: parseRecipe({ data: 'xor', hidden: [8, 8, 8], activation: 'sigmoid', learningRate: 0.03 }),
    steps: 300,
  },
  { id: '(evaluated every 400 steps)', recipe: parseRecipe({ validateEvery: 400 }), steps: 500 },
];

export function recordedRecipes(): readonly RecordedRecipe[] {
  const all: readonly Scenario[] = scenarios;
  return [...all, ...further];
}
