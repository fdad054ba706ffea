// A tile per neuron: what it responds to.
import type { Checkpoint, Evaluation } from '../engine/engine.ts';
import { deadWindow } from '../signals/index.ts';
import { inputRanges } from './inputRanges.ts';
import type { LayerTiles } from './protocol.ts';
import type { Standing } from './aside.ts';
import { unitGradients } from './unitGradients.ts';

/** Points on a side of the surface's grid, a multiple of a tile's. */
export const surfaceSize = 48;
const tileSize = 24;

/** Divides each of `count` runs of `length` values by its largest, so that every tile uses its whole range. */
function scaledTiles(values: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  for (let start = 0; start < values.length; start += length) {
    const tile = values.subarray(start, start + length);
    const largest = tile.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest > 0 && Number.isFinite(largest))
      tile.forEach((value, k) => (tile[k] = Math.max(0, value / largest)));
  }
  return values;
}

/** Activations over the surface's grid, thinned to the tile's, unit by unit. */
function gridTiles(units: Float32Array, width: number): Float32Array<ArrayBuffer> {
  const factor = surfaceSize / tileSize;
  const values = new Float32Array(width * tileSize * tileSize);
  for (let row = 0; row < tileSize; row++) {
    for (let column = 0; column < tileSize; column++) {
      const point = row * factor * surfaceSize + column * factor;
      for (let unit = 0; unit < width; unit++) {
        values[(unit * tileSize + row) * tileSize + column] = units[point * width + unit] ?? 0;
      }
    }
  }
  return scaledTiles(values, tileSize * tileSize);
}

/** Incoming weights of each unit as an image: 0.5 is zero, black to white −largest … largest. */
function weightTiles(weights: Float32Array, features: number): Float32Array<ArrayBuffer> {
  const values = Float32Array.from(weights);
  for (let start = 0; start < values.length; start += features) {
    const tile = values.subarray(start, start + features);
    const largest = tile.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    tile.forEach((value, k) => (tile[k] = 0.5 + value / (2 * largest)));
  }
  return values;
}

/** Mean activation of each unit per class. */
function classTiles(units: Float32Array, labels: ArrayLike<number>, width: number, classes: number) {
  const values = new Float32Array(width * classes);
  const counts = new Float32Array(classes);
  for (let k = 0; k < labels.length; k++) {
    const label = labels[k] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
    for (let unit = 0; unit < width; unit++) {
      const at = unit * classes + label;
      values[at] = (values[at] ?? 0) + (units[k * width + unit] ?? 0);
    }
  }
  values.forEach((sum, at) => (values[at] = sum / Math.max(1, counts[at % classes] ?? 1)));
  return scaledTiles(values, classes);
}

/** The network as seen for one picture: its parameters, a sample of training examples, and the grid for all but images. */
export interface Seen {
  readonly checkpoint: Checkpoint;
  /** Of all parameters in the last step, in the order of `signals/parameters.ts`; undefined where nobody asked. */
  readonly gradients: Float32Array | undefined;
  readonly sampleInputs: Float32Array<ArrayBuffer>;
  readonly sampleLabels: readonly number[];
  readonly sample: Evaluation;
  readonly grid: Evaluation | undefined;
}

/** The tiles of hidden layer `index` (0 = first). */
export function layerTiles(standing: Standing, seen: Seen, index: number): LayerTiles {
  const { recipe, dataset } = standing;
  const { checkpoint, gradients, sample, sampleInputs, sampleLabels, grid } = seen;
  const layer = index + 1;
  const width = recipe.hidden[index] ?? 0;
  const below = index === 0 ? sampleInputs : (sample.units[index - 1] ?? new Float32Array());
  const window = deadWindow(dataset.train.count, recipe.batch);
  const quiet = checkpoint.regions.get(`quiet.${layer}`) ?? new Float32Array(width);
  const settings = standing.settings();
  const isRelu = settings.activation === 'relu';
  const weights = checkpoint.regions.get(`weights.${layer}`) ?? new Float32Array();
  const images = dataset.image && index === 0;
  return {
    layer,
    tileSize: grid ? tileSize : images ? dataset.image.width : 0,
    values: grid
      ? gridTiles(grid.units[index] ?? new Float32Array(), width)
      : images
        ? weightTiles(weights, dataset.features)
        : classTiles(sample.units[index] ?? new Float32Array(), sampleLabels, width, dataset.classes),
    gradient: gradients ? unitGradients({ recipe, dataset, settings }, gradients, layer) : null,
    inputRange: inputRanges(below, checkpoint, layer, width, sample.count),
    dead: Uint8Array.from({ length: width }, (_, unit) => (isRelu && (quiet[unit] ?? 0) >= window ? 1 : 0)),
  };
}
