// The shape of the network of a run, as series and parameters are counted by it.
import type { Recipe } from '../../core/recipe.ts';
import { inputsOf } from '../../data/index.ts';
import { networkShape, type NetworkShape } from '../../signals/series.ts';
import type { Ready } from './run.svelte.ts';

export function shapeOf(recipe: Recipe, { classes, image }: Pick<Ready, 'classes' | 'image'>): NetworkShape {
  const features = image ? image.height * image.width : inputsOf(recipe);
  return networkShape(recipe, { features, classes });
}
