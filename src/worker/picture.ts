// Pictures of a network for the page: its decision surface, what each neuron responds to, what it misreads.
import { batchPlan, poolExample, poolLabel } from '../data/batches.ts';
import { inputScale, type Dataset, type Samples } from '../data/dataset.ts';
import { batchNormEpsilon } from '../engine/compiled/passes/batchNorm.ts';
import type { Checkpoint, Evaluation } from '../engine/engine.ts';
import { deadWindow } from '../signals/index.ts';
import type { LayerTiles, Misread, Picture, ShownExamples } from './protocol.ts';
import type { Training } from './training.ts';

const surfaceSize = 48;
const tileSize = 24;
const shownExamples = 100;
const sampledExamples = 256;
const shownMisread = 24;

/** Half the side of the square that holds nearly all points: the largest of the first inputs of the training set, rounded up to quarters, at most 3. */
function surfaceExtent({ train }: Dataset): number {
  let largest = 0;
  const seen = Math.min(train.inputs.length, 1000);
  for (let k = 0; k < seen; k++) largest = Math.max(largest, Math.abs(train.inputs[k] ?? 0));
  return Math.min(3, Math.ceil(largest * 4) / 4);
}

/** Points of a square grid, row by row from the top (largest second input). */
function gridInputs(size: number, extent: number): Float32Array {
  const inputs = new Float32Array(size * size * 2);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (row * size + column) * 2;
      inputs[at] = extent * ((2 * (column + 0.5)) / size - 1);
      inputs[at + 1] = extent * (1 - (2 * (row + 0.5)) / size);
    }
  }
  return inputs;
}

function scaledInputs(
  samples: Samples,
  features: number,
  examples: readonly number[],
): Float32Array<ArrayBuffer> {
  const scale = inputScale(samples);
  const inputs = new Float32Array(examples.length * features);
  examples.forEach((example, index) => {
    for (let f = 0; f < features; f++) {
      inputs[index * features + f] = (samples.inputs[example * features + f] ?? 0) * scale;
    }
  });
  return inputs;
}

/** Positions spread evenly over a pool. */
function spread(count: number, pool: number): readonly number[] {
  const taken = Math.min(count, pool);
  return Array.from({ length: taken }, (_, index) => Math.floor((index * pool) / taken));
}

/** The first examples of the pool that training draws from now, with the labels that it sees. */
function shownTraining(training: Training): ShownExamples {
  const { recipe, dataset } = training;
  const settings = training.settings();
  const { pool } = batchPlan(recipe, settings, dataset);
  const places = Array.from({ length: Math.min(shownExamples, pool) }, (_, place) => place);
  const examples = places.map((place) => poolExample(recipe, settings, dataset, place));
  return {
    inputs: scaledInputs(dataset.train, dataset.features, examples),
    labels: Uint8Array.from(places, (place) => poolLabel(recipe, settings, dataset, place)),
  };
}

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

/** The most probable class, or −1 where the outputs are NaN: those must not count as any class. */
function predictedOf(outputs: Float32Array, example: number, classes: number): number {
  let best = -1;
  for (let j = 0; j < classes; j++) {
    const value = outputs[example * classes + j] ?? NaN;
    if (Number.isNaN(value)) return -1;
    if (best < 0 || value > (outputs[example * classes + best] ?? 0)) best = j;
  }
  return best;
}

function misreadOf(
  { validation, features, classes, image }: Dataset,
  { outputs }: Evaluation,
): Misread | null {
  if (!image) return null;
  const confusion = new Uint32Array(classes * classes);
  const wrong: { example: number; predicted: number; confidence: number }[] = [];
  for (let example = 0; example < validation.count; example++) {
    const predicted = predictedOf(outputs, example, classes);
    if (predicted < 0) continue;
    const label = validation.labels[example] ?? 0;
    const at = label * classes + predicted;
    confusion[at] = (confusion[at] ?? 0) + 1;
    if (predicted !== label) {
      wrong.push({ example, predicted, confidence: outputs[example * classes + predicted] ?? 0 });
    }
  }
  const shown = wrong.sort((a, b) => b.confidence - a.confidence).slice(0, shownMisread);
  return {
    inputs: scaledInputs(
      validation,
      features,
      shown.map(({ example }) => example),
    ),
    labels: Uint8Array.from(shown, ({ example }) => validation.labels[example] ?? 0),
    predicted: Uint8Array.from(shown, ({ predicted }) => predicted),
    ...image,
    confusion,
  };
}

/** Input to a unit's activation from its weighted sum: the sum itself, or what batch norm makes of it with its running statistics. */
function activationInput({ regions }: Checkpoint, layer: number): (unit: number, sum: number) => number {
  const of = (name: string) => regions.get(`${name}.${layer}`);
  const [variance, mean, gamma, beta] = ['runningVariance', 'runningMean', 'gamma', 'beta'].map(of);
  const biases = of('biases') ?? new Float32Array();
  if (!variance || !mean || !gamma || !beta) return (unit, sum) => sum + (biases[unit] ?? 0);
  // The running mean leaves the bias out, so that the bias cancels.
  return (unit, sum) => {
    const deviation = Math.sqrt((variance[unit] ?? 1) + batchNormEpsilon);
    return ((gamma[unit] ?? 1) * (sum - (mean[unit] ?? 0))) / deviation + (beta[unit] ?? 0);
  };
}

/** Lowest and highest input to each unit's activation, from the activations below and the layer's own parameters. */
function inputRanges(
  below: Float32Array,
  checkpoint: Checkpoint,
  layer: number,
  width: number,
  count: number,
) {
  const weights = checkpoint.regions.get(`weights.${layer}`) ?? new Float32Array();
  const inputs = weights.length / width;
  const inputOf = activationInput(checkpoint, layer);
  const ranges = new Float32Array(width * 2);
  for (let unit = 0; unit < width; unit++) {
    let [low, high] = [Infinity, -Infinity];
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let x = 0; x < inputs; x++)
        sum += (weights[unit * inputs + x] ?? 0) * (below[k * inputs + x] ?? 0);
      const input = inputOf(unit, sum);
      low = Math.min(low, input);
      high = Math.max(high, input);
    }
    ranges[unit * 2] = low;
    ranges[unit * 2 + 1] = high;
  }
  return ranges;
}

interface Seen {
  readonly checkpoint: Checkpoint;
  readonly sampleInputs: Float32Array<ArrayBuffer>;
  readonly sampleLabels: readonly number[];
  readonly sample: Evaluation;
  readonly grid: Evaluation | undefined;
}

function layerTiles(training: Training, seen: Seen, index: number): LayerTiles {
  const { recipe, dataset } = training;
  const { checkpoint, sample, sampleInputs, sampleLabels, grid } = seen;
  const layer = index + 1;
  const width = recipe.hidden[index] ?? 0;
  const below = index === 0 ? sampleInputs : (sample.units[index - 1] ?? new Float32Array());
  const window = deadWindow(dataset.train.count, recipe.batch);
  const quiet = checkpoint.regions.get(`quiet.${layer}`) ?? new Float32Array(width);
  const isRelu = training.settings().activation === 'relu';
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
    inputRange: inputRanges(below, checkpoint, layer, width, sample.count),
    dead: Uint8Array.from({ length: width }, (_, unit) => (isRelu && (quiet[unit] ?? 0) >= window ? 1 : 0)),
  };
}

/** Draws the network as it stands: all that the page shows of it, from one checkpoint and two evaluations. */
export async function makePicture(training: Training): Promise<Picture> {
  const { dataset, program, step } = training;
  const extent = surfaceExtent(dataset);
  const sampled = spread(sampledExamples, dataset.train.count);
  const sampleInputs = scaledInputs(dataset.train, dataset.features, sampled);
  const seen: Seen = {
    checkpoint: await program.checkpoint(),
    sampleInputs,
    sampleLabels: sampled.map((example) => dataset.train.labels[example] ?? 0),
    sample: await program.evaluate({ inputs: sampleInputs }),
    grid: dataset.image ? undefined : await program.evaluate({ inputs: gridInputs(surfaceSize, extent) }),
  };
  return {
    step,
    surface: seen.grid?.outputs ?? null,
    size: surfaceSize,
    extent,
    tiles: training.recipe.hidden.map((_, index) => layerTiles(training, seen, index)),
    training: shownTraining(training),
    misread: dataset.image ? misreadOf(dataset, await program.evaluate('validation')) : null,
  };
}
