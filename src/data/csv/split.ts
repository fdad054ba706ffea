// Which rows of a table a recipe takes: drawn by its seed.
import { permuted } from '../../core/permutation.ts';
import { streams } from '../../core/random.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { OwnTable } from './ownTable.ts';

/** So many rows of the order that the seed draws. */
export function drawnRows(
  { seed }: Pick<Recipe, 'seed'>,
  rows: number,
  from: number,
  count: number,
): readonly number[] {
  return Array.from({ length: count }, (_, k) => permuted(from + k, rows, seed, streams.split, 0));
}

/** Names of the classes that no row has which is trained on: they cannot be learned. */
export function untrainedClasses(
  recipe: Pick<Recipe, 'seed' | 'train'>,
  { rows, labels, classes, range }: OwnTable,
): readonly string[] {
  if (range) return [];
  const trained = new Set(drawnRows(recipe, rows, 0, recipe.train).map((row) => labels[row]));
  return classes.filter((_, label) => !trained.has(label));
}
