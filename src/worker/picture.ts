// Pictures of a network for the page: its decision surface, what each neuron responds to, what it misreads.
import { isDrifted, productionAt } from '../core/stateFaults.ts';
import { batchPlan, poolExample, poolLabel } from '../data/batches.ts';
import { classOfLabel, type Dataset } from '../data/dataset.ts';
import { productionSamples } from '../data/production.ts';
import { scaledInputs } from '../data/scaledInputs.ts';
import { misreadOf } from './misread.ts';
import type { Picture, ShownExamples } from './protocol.ts';
import { layerTiles, surfaceSize, type Seen } from './tiles.ts';
import type { Standing } from './aside.ts';

const shownExamples = 100;
const shownProductions = 80;
const sampledExamples = 256;

/** Inputs that the surface has as its sides. */
const sides = 2;

/** Half the side of the square that holds nearly all points: the largest coordinate of 500 training examples, rounded up to quarters, at most 3. */
function surfaceExtent({ train, features }: Dataset): number {
  let largest = 0;
  const seen = Math.min(train.count, 500);
  for (let k = 0; k < seen * sides; k++) {
    const at = Math.floor(k / sides) * features + (k % sides);
    largest = Math.max(largest, Math.abs(train.inputs[at] ?? 0));
  }
  return Math.min(3, Math.ceil(largest * 4) / 4);
}

/** Points of a square grid over the first two inputs, row by row from the top (largest second input). A table's other inputs are 0, their mean. */
function gridInputs(size: number, extent: number, features: number): Float32Array {
  const inputs = new Float32Array(size * size * features);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (row * size + column) * features;
      inputs[at] = extent * ((2 * (column + 0.5)) / size - 1);
      inputs[at + 1] = extent * (1 - (2 * (row + 0.5)) / size);
    }
  }
  return inputs;
}

/** Positions spread evenly over a pool. */
function spread(count: number, pool: number): readonly number[] {
  const taken = Math.min(count, pool);
  return Array.from({ length: taken }, (_, index) => Math.floor((index * pool) / taken));
}

/** The first examples of the pool that training draws from now, with the labels that it sees. */
function shownTraining(standing: Standing): ShownExamples {
  const { recipe, dataset } = standing;
  const settings = standing.settings();
  const { pool } = batchPlan(recipe, settings, dataset);
  const places = Array.from({ length: Math.min(shownExamples, pool) }, (_, place) => place);
  const examples = places.map((place) => poolExample(recipe, settings, dataset, place));
  return {
    inputs: scaledInputs(dataset.train, dataset.features, examples),
    labels: Uint8Array.from(places, (place) =>
      classOfLabel(dataset, poolLabel(recipe, settings, dataset, place)),
    ),
  };
}

/** The first examples of the stream, as users send them now: they move as production drifts, and do not flicker. */
function shownProduction({ recipe, generation, dataset, step }: Standing): ShownExamples | null {
  const production = productionAt(recipe.timeline, generation, step);
  if (dataset.features !== sides || !isDrifted(production)) return null;
  const { inputs, labels } = productionSamples(dataset, recipe.seed, production, 0, shownProductions);
  return { inputs, labels: Uint8Array.from(labels, (label) => classOfLabel(dataset, label)) };
}

/**
 * Draws the network as it stands: all that the page shows of it, from one checkpoint and two evaluations.
 * @param gradients whether the gradient of each neuron is wanted too: it waits for one more readback
 */
export async function makePicture(standing: Standing, { gradients = false } = {}): Promise<Picture> {
  const { dataset, program, step } = standing;
  const extent = surfaceExtent(dataset);
  const sampled = spread(sampledExamples, dataset.train.count);
  const sampleInputs = scaledInputs(dataset.train, dataset.features, sampled);
  const seen: Seen = {
    checkpoint: await program.checkpoint(),
    gradients: gradients && standing.hasStepped ? (await program.detail('per-weight')).gradients : undefined,
    sampleInputs,
    sampleLabels: sampled.map((example) => classOfLabel(dataset, dataset.train.labels[example] ?? 0)),
    sample: await program.evaluate({ inputs: sampleInputs }),
    grid: dataset.image
      ? undefined
      : await program.evaluate({ inputs: gridInputs(surfaceSize, extent, dataset.features) }),
  };
  return {
    step,
    surface: seen.grid?.outputs ?? null,
    size: surfaceSize,
    extent,
    tiles: standing.recipe.hidden.map((_, index) => layerTiles(standing, seen, index)),
    training: shownTraining(standing),
    production: shownProduction(standing),
    misread: dataset.image ? misreadOf(dataset, await program.evaluate('validation')) : null,
  };
}
