// How a run is made again without a page: from the recipe that lies in the zip, with all that was pressed.
import type { Recipe } from '../../core/recipe.ts';

export const recipeName = 'recipe.json';

/** Undefined for a table of one's own: it is on the page alone. */
export function reproduceCommand({ data }: Pick<Recipe, 'data'>): string | undefined {
  return data === 'own' ? undefined : `npm run reproduce -- --recipe ${recipeName} --out DIR`;
}
