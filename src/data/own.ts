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
  examples: ({ own: plan }) => sizesOf(plan).rows,
  classes: { low: 2, high: 10 },
  load: async (recipe, { own: table }) => {
    const { loadOwn } = await import('./csv/loadOwn.ts');
    return loadOwn(recipe, table);
  },
};

/** What the recipe says of its table. */
function sizesOf(plan: string): { readonly rows: number; readonly inputs: number } {
  const [rows = 0, inputs = 0] = (plan.split(':')[2] ?? '').split('x').map(Number);
  return { rows, inputs };
}

/** Numbers of each example. */
export function ownInputs({ own: plan }: Pick<Recipe, 'own'>): number {
  return sizesOf(plan).inputs;
}
