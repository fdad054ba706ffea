// Divergences of production inputs from the validation set computed the naive way: the oracle of both voices of `input-shift`.
import { productionAt } from '../../src/core/stateFaults.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { batchWindow, shiftWindow } from '../../src/data/inputShift.ts';
import { productionSamples } from '../../src/data/production.ts';
import { scaledInputs } from '../../src/data/scaledInputs.ts';
import type { CompileRequest } from '../../src/engine/engine.ts';
import { mean, type Matrix } from './naive.ts';

function rowsOf(inputs: Float32Array, width: number): Matrix {
  return Array.from({ length: inputs.length / width }, (_, k) => [
    ...inputs.subarray(k * width, (k + 1) * width),
  ]);
}

/** An example's features, or the means of its 4 × 4 blocks in 32 steps. */
function comparedOf({ image }: Dataset, example: readonly number[]): readonly number[] {
  if (!image) return example;
  const blocks = new Map<string, number[]>();
  example.forEach((value, pixel) => {
    const [row, column] = [Math.floor(pixel / image.width), pixel % image.width];
    const key = `${Math.floor(row / 4)} ${Math.floor(column / 4)}`;
    blocks.set(key, [...(blocks.get(key) ?? []), value]);
  });
  return [...blocks.values()].map((values) => Math.round(mean(values) * 32));
}

/** Of each compared number, the values of the validation set that bins end at: every tenth, the last but one bin's last. */
function boundsOf(columns: Matrix): Matrix {
  return columns.map((values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const deciles = Array.from(
      { length: 9 },
      (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / 10) - 1]!,
    );
    return [...new Set(deciles)];
  });
}

const transposed = (rows: Matrix): Matrix => rows[0]!.map((_, k) => rows.map((row) => row[k]!));

const countsOf = (bins: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, bin) => bins.filter((each) => each === bin).length + 0.5);

function klOf(p: readonly number[], q: readonly number[]): number {
  const [n, m] = [p, q].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number];
  return p.reduce((sum, count, k) => sum + (count / n) * Math.log(count / n / (q[k]! / m)), 0);
}

/** The window that the evaluation at `step`, or the last one before it, looks at. */
export function shiftAt({ recipe, generation, dataset }: CompileRequest, step: number) {
  const { features, validation } = dataset;
  const all = Array.from({ length: validation.count }, (_, k) => k);
  const compared = (inputs: Float32Array) =>
    rowsOf(inputs, features).map((example) => comparedOf(dataset, example));
  const reference = transposed(compared(scaledInputs(validation, features, all)));
  const bounds = boundsOf(reference);
  const binOf = (value: number, feature: number) => bounds[feature]!.filter((bound) => value > bound).length;
  const evaluation = Math.floor(step / recipe.validateEvery);
  const production = productionAt(recipe.timeline, generation, evaluation * recipe.validateEvery);
  const from = evaluation * shiftWindow;
  const { inputs } = productionSamples(dataset, recipe.seed, production, from, shiftWindow);
  /** Example by example, the bin of each number. */
  const bins = compared(inputs).map((values) => values.map(binOf));
  const divergence = (examples: number): number => {
    const columns = transposed(bins.slice(0, examples));
    const each = columns.map((column, feature) => {
      const count = bounds[feature]!.length + 1;
      const own = reference[feature]!.map((value) => binOf(value, feature));
      return klOf(countsOf(column, count), countsOf(own, count));
    });
    return Math.max(...each);
  };
  return { bins, window: divergence(shiftWindow), batch: divergence(batchWindow) };
}
