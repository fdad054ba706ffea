// The shape of the network of a run, as series and parameters are counted by it.
import type { Recipe } from '../../core/recipe.ts';
import { datasetPart } from '../../data/index.ts';
import type { NetworkShape } from '../../signals/series.ts';
import type { Ready } from './run.svelte.ts';

export function networkShape(recipe: Recipe, ready: Pick<Ready, 'classes' | 'image'>): NetworkShape {
  const { classes, image } = ready;
  const { hidden, batch, loss, data } = recipe;
  return {
    features: image ? image.height * image.width : datasetPart(data).columns.length || 2,
    hidden,
    outputs: classes === 2 && loss !== 'softmax-cross-entropy' ? 1 : classes,
    batch,
  };
}
