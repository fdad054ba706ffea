// Which examples a step trains on, computed from the step alone: no shuffled list to carry.
import { permuted } from '../core/permutation.ts';
import { hash, streams } from '../core/random.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import { spoiltAt, type SpoiltBatches } from '../core/stateFaults.ts';
import { labelScale, type Dataset } from './dataset.ts';

export interface BatchPlan {
  /** Examples that training draws from: all, or those kept. */
  readonly pool: number;
  readonly batchesPerEpoch: number;
}

/** The last partial batch of an epoch is dropped; a pool smaller than a batch is one batch that wraps. */
export function batchPlan(recipe: Recipe, settings: Settings, dataset: Dataset): BatchPlan {
  const pool = settings.keep > 0 ? Math.min(settings.keep, dataset.train.count) : dataset.train.count;
  return { pool, batchesPerEpoch: Math.max(1, Math.floor(pool / recipe.batch)) };
}

/** Training example at position `place` of the pool: the pool of a starved run is the start of a keyed permutation. */
export function poolExample(recipe: Recipe, settings: Settings, dataset: Dataset, place: number): number {
  return settings.keep > 0 ? permuted(place, dataset.train.count, recipe.seed, streams.fault, 0) : place;
}

/** Label of that example as training sees it: the first `mislabelled` places of the pool carry another class, or another number. */
export function poolLabel(recipe: Recipe, settings: Settings, dataset: Dataset, place: number): number {
  const label = dataset.train.labels[poolExample(recipe, settings, dataset, place)] ?? 0;
  const { levels } = labelScale(dataset);
  if (place >= settings.mislabelled || levels < 2) return label;
  return (label + 1 + (hash(recipe.seed, streams.mislabel, place) % (levels - 1))) % levels;
}

/** What is wrong with the mini-batch of a step: a factor on its inputs, and by how many classes its labels are off. */
export function spoilage(
  spoilt: readonly SpoiltBatches[],
  step: number,
): { readonly factor: number; readonly shift: number } {
  let [factor, shift] = [1, 0];
  for (const { inputs, swapped } of spoiltAt(spoilt, step)) {
    factor *= inputs;
    if (swapped) shift++;
  }
  return { factor, shift };
}

/** Writes the training examples of `step` (one index each, length = batch size) and the labels that training sees. */
export function fillBatch(
  recipe: Recipe,
  settings: Settings,
  dataset: Dataset,
  spoilt: readonly SpoiltBatches[],
  step: number,
  examples: Uint32Array,
  labels: Uint8Array,
): void {
  const { pool, batchesPerEpoch } = batchPlan(recipe, settings, dataset);
  const epoch = Math.floor(step / batchesPerEpoch);
  const { shift } = spoilage(spoilt, step);
  const { levels, first: half } = labelScale(dataset);
  const first = (step % batchesPerEpoch) * recipe.batch;
  for (let k = 0; k < examples.length; k++) {
    const place = permuted((first + k) % pool, pool, recipe.seed, streams.order, epoch);
    examples[k] = poolExample(recipe, settings, dataset, place);
    labels[k] = (poolLabel(recipe, settings, dataset, place) + shift * half) % levels;
  }
}
