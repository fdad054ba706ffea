// What is said of a run that learns a number, where other runs have classes.
import type { Recipe } from '../../core/recipe.ts';
import { decimal } from '../../core/wording.ts';
import { learnsNumbers } from '../../data/csv/regression.ts';
import type { TargetMeasure } from '../../data/targetMeasure.ts';

/** What “right” is: “right”, or for numbers “within a tenth of the range”. */
export function rightWords(recipe: Pick<Recipe, 'own'>): string {
  return learnsNumbers(recipe) ? 'within a tenth' : 'right';
}

/** R² = 1 − loss ÷ variance, and the root of the mean squared error in the target's own units. */
export function errorWords({ low, high, variance }: TargetMeasure, validationLoss: number): string {
  const explained = variance > 0 ? `R² ${decimal(1 - validationLoss / variance)}, ` : '';
  return `${explained}±${decimal(Math.sqrt(validationLoss) * (high - low))}`;
}
