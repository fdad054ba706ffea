// How large the network of a recipe is, as the page knows it.
import type { Recipe } from '../../core/recipe.ts';
import { datasetPart } from '../../data/index.ts';
import { networkShape, sizeOf, type NetworkSize } from '../../signals/series.ts';
import { settingsNow } from './chapter.ts';
import type { Ready, Run } from './run.svelte.ts';

function featuresOf({ data }: Recipe, { image }: Ready): number {
  if (image) return image.height * image.width;
  return datasetPart(data).kind === 'table' ? datasetPart(data).columns.length : 2;
}

/** Undefined until the run is ready: only then are the data’s classes known. */
export function networkSize({ recipe, position, ready }: Run): NetworkSize | undefined {
  if (!ready) return undefined;
  const shape = networkShape(recipe, { features: featuresOf(recipe, ready), classes: ready.classes });
  return sizeOf(shape, settingsNow(position).batchNorm);
}
