// The shape of the network of a run, as series and parameters are counted by it.
import type { Recipe } from '../../core/recipe.ts';
import { datasetPart } from '../../data/index.ts';
import { networkShape, type NetworkShape } from '../../signals/series.ts';
import type { Ready } from './run.svelte.ts';

export function shapeOf(recipe: Recipe, { classes, image }: Pick<Ready, 'classes' | 'image'>): NetworkShape {
  const { kind, columns } = datasetPart(recipe.data);
  const features = image ? image.height * image.width : kind === 'table' ? columns.length : 2;
  return networkShape(recipe, { features, classes });
}
