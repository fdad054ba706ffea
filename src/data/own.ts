// A table that a person brought: it stays on the machine, and a recipe names it by what was made of which cells.
import type { Recipe } from '../core/recipe.ts';
import type { DatasetPart } from './dataset.ts';

export const own: DatasetPart = {
  id: 'own',
  title: 'Own data',
  description: 'A table of your own. It never leaves this machine.',
  task: 'your own data',
  kind: 'table',
  columns: [],
  classes: { low: 2, high: 10 },
  load: async (recipe, { own: table }) => {
    const { loadOwn } = await import('./csv/loadOwn.ts');
    return loadOwn(recipe, table);
  },
};

/** Numbers of each example, as the recipe says. */
export function ownInputs({ own: plan }: Pick<Recipe, 'own'>): number {
  return Number(/x(\d+)/.exec(plan.split(':')[2] ?? '')?.[1] ?? 0);
}
