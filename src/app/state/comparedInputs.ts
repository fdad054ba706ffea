// How many numbers of an example a divergence of the inputs compares, as detectors are told it.
import type { Recipe } from '../../core/recipe.ts';
import { inputsOf } from '../../data/index.ts';

/** Side of the blocks whose means stand for an image. */
const blockSide = 4;

/** Points have two, a table its columns, an image its blocks. */
export function comparedInputs(
  recipe: Pick<Recipe, 'data' | 'own'>,
  image: { readonly height: number; readonly width: number } | null,
): number {
  if (image) return Math.ceil(image.height / blockSide) * Math.ceil(image.width / blockSide);
  return inputsOf(recipe);
}
