// How large the network of a recipe is, as the page knows it.
import { sizeOf, type NetworkSize } from '../../signals/series.ts';
import { settingsNow } from './chapter.ts';
import { shapeOf } from './networkShape.ts';
import type { Run } from './run.svelte.ts';

/** Undefined until the run is ready: only then are the data’s classes known. */
export function networkSize({ recipe, position, ready }: Run): NetworkSize | undefined {
  return ready && sizeOf(shapeOf(recipe, ready), settingsNow(position).batchNorm);
}
