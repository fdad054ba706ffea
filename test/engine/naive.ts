// The signals of one step computed the naive way, from two checkpoints and the batch: the oracle of every folded signal.
import type { ChangeOf } from '../../src/core/change.ts';
import { hash, streams } from '../../src/core/random.ts';
import type { Recipe } from '../../src/core/recipe.ts';
import { fillBatch } from '../../src/data/batches.ts';
import type { Checkpoint, CompileRequest } from '../../src/engine/engine.ts';

export type Matrix = readonly (readonly number[])[];

export interface Batch {
  readonly inputs: Matrix;
  readonly labels: readonly number[];
}

/** Faults that spoil the mini-batch of a step, by the definition of the timeline of a single run. */
function faultsAt({ timeline }: Recipe, step: number): readonly ChangeOf<'corrupt-batch'>[] {
  const covers = (from: number, steps: number) => step >= from && step < from + steps;
  const isSkipped = timeline.some(
    ({ change }) => change.kind === 'skip-batches' && covers(change.from, change.steps),
  );
  return timeline.flatMap(({ at, change }) =>
    change.kind === 'corrupt-batch' && covers(at, change.steps) && !isSkipped ? [change] : [],
  );
}

/** The examples of a step; the order itself is `fillBatch`'s, which has tests of its own. */
export function batchOf({ recipe, dataset }: CompileRequest, step: number): Batch {
  const indices = new Uint32Array(recipe.batch);
  const labels = new Uint8Array(recipe.batch);
  fillBatch(recipe, recipe, dataset, [], step, indices, labels);
  const { features, train, classes } = dataset;
  const faults = faultsAt(recipe, step);
  const factor = faults.reduce((product, { inputs }) => product * inputs, 1);
  const off = faults.filter(({ swapped }) => swapped).length;
  return {
    inputs: [...indices].map((index) =>
      [...train.inputs.subarray(index * features, (index + 1) * features)].map((value) => value * factor),
    ),
    labels: [...labels].map((label) => (label + off) % classes),
  };
}

export function validationBatch({ dataset }: CompileRequest): Batch {
  const { features, validation } = dataset;
  return {
    inputs: Array.from({ length: validation.count }, (_, k) => [
      ...validation.inputs.subarray(k * features, (k + 1) * features),
    ]),
    labels: [...validation.labels],
  };
}

const activationOf: Record<Recipe['activation'], (z: number, slope: number) => number> = {
  relu: (z) => (z <= 0 ? 0 : z),
  'leaky-relu': (z, slope) => (z <= 0 ? slope * z : z),
  elu: (z) => (z <= 0 ? Math.exp(z) - 1 : z),
  tanh: (z) => Math.tanh(z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  linear: (z) => z,
};

/** What the layer above reads of a hidden layer's activations in training, by the definition of dropout, element by element. */
function dropped({ seed, dropout }: Recipe, step: number, layer: number, activations: Matrix): Matrix {
  return activations.map((row, k) =>
    row.map((value, unit) => {
      const bits = hash(seed, streams.dropout, step, layer * 2 ** 20 + k * row.length + unit);
      return bits >>> 8 >= Math.ceil(dropout * 2 ** 24) ? value * Math.fround(1 / (1 - dropout)) : 0;
    }),
  );
}

/**
 * Activations of every layer before dropout, without batch norm; the last are the network's outputs. `step` is that of the training step,
 * whose dropout counts; undefined in evaluation.
 */
export function layersOf(
  { recipe }: CompileRequest,
  { regions }: Checkpoint,
  inputs: Matrix,
  step: number | undefined,
): Matrix[] {
  const layers: Matrix[] = [];
  let below = inputs;
  for (let layer = 1; regions.has(`weights.${layer}`); layer++) {
    const weights = regions.get(`weights.${layer}`)!;
    const biases = regions.get(`biases.${layer}`)!;
    const hidden = layer <= recipe.hidden.length;
    const activations = below.map((row) =>
      [...biases].map((bias, unit) => {
        const z = row.reduce((sum, x, k) => sum + x * weights[unit * row.length + k]!, bias);
        return hidden ? activationOf[recipe.activation](z, recipe.slope) : z;
      }),
    );
    layers.push(activations);
    below = step === undefined ? activations : dropped(recipe, step, layer, activations);
  }
  return layers;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const countNonfinite = (values: readonly number[]): number =>
  values.filter((value) => !Number.isFinite(value)).length;

/** Loss of one example by the textbook formulas. */
export function lossOf({ loss }: Recipe, z: readonly number[], label: number): number {
  const target = (unit: number) => (z.length === 1 ? label : Number(label === unit));
  if (loss === 'squared-error') return mean(z.map((value, unit) => (value - target(unit)) ** 2));
  if (loss === 'sigmoid-cross-entropy') {
    return mean(
      z.map((value, unit) => {
        const p = 1 / (1 + Math.exp(-value));
        return -(target(unit) * Math.log(p) + (1 - target(unit)) * Math.log(1 - p));
      }),
    );
  }
  const powers = z.map((value) => Math.exp(value));
  return -Math.log(powers[label]! / sum(powers));
}

/** The class with the largest output, the first of several; of a single unit, whether it is beyond the border. −1 with any NaN. */
export function classOf({ loss }: Recipe, z: readonly number[]): number {
  if (z.some(Number.isNaN)) return -1;
  if (z.length === 1) return Number(z[0]! > (loss === 'squared-error' ? 0.5 : 0));
  return z.indexOf(Math.max(...z));
}

/** All numbers of the regions whose name begins so, e.g. `moment1.`; `''` with `.1` picks the parameters of layer 1. */
export function numbersOf({ regions }: Checkpoint, prefix: string, suffix = ''): number[] {
  const kinds = ['weights', 'biases', 'gamma', 'beta'].map((kind) => `${prefix}${kind}.`);
  return [...regions].flatMap(([name, values]) =>
    kinds.some((kind) => name.startsWith(kind)) && name.endsWith(suffix) ? [...values] : [],
  );
}

export const norm = (values: readonly number[]): number =>
  Math.sqrt(sum(values.map((value) => value * value)));

/** Running mean (without the bias) and variance of unit 2 of layer 1 before its batch norm, after one more batch. */
export function movedStatistics(
  before: { readonly mean: number; readonly variance: number },
  request: CompileRequest,
  { regions }: Checkpoint,
  step: number,
) {
  const weights = regions.get('weights.1')!;
  const z = batchOf(request, step).inputs.map((row) =>
    row.reduce((total, x, k) => total + x * weights[2 * row.length + k]!, 0),
  );
  const batchMean = mean(z);
  const batchVariance = mean(z.map((value) => (value - batchMean) ** 2));
  const share = step < 10 ? 1 / (step + 1) : 0.1;
  return {
    mean: (1 - share) * before.mean + share * batchMean,
    variance: (1 - share) * before.variance + share * batchVariance,
  };
}
