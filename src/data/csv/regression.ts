// Whether the target of a person's table is learned as a number: a word of the plan that a recipe carries.
import type { Recipe } from '../../core/recipe.ts';

export const regressionWord = 'numbers';

export function learnsNumbers({ own: plan }: Pick<Recipe, 'own'>): boolean {
  return plan.split(':').slice(4).includes(regressionWord);
}
