// The networks whose telemetry is measured, and the fault that is to be found in each.
import type { Recipe } from '../../core/recipe.ts';
import { parseRecipe } from '../../data/index.ts';
import { deadRelu } from '../../scenarios/deadRelu.ts';
import { digitsDeadRelu } from '../../scenarios/digitsDeadRelu.ts';

export interface MeasuredNetwork {
  readonly id: string;
  readonly title: string;
  readonly recipe: Recipe;
  /** Seconds of training per level. */
  readonly seconds: number;
}

const digits = digitsDeadRelu.recipe;

export const networks: readonly MeasuredNetwork[] = [
  { id: 'ring', title: 'Ring, 2-16-16-1', recipe: deadRelu.recipe, seconds: 4 },
  { id: 'digits', title: 'Digits, 784-32-10', recipe: digits, seconds: 12 },
  {
    id: 'wide',
    title: 'Digits, 784-128-64-10',
    recipe: parseRecipe({ ...digits, hidden: [128, 64], timeline: [] }),
    seconds: 30,
  },
];
