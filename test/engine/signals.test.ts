// Every folded signal of plain and of tfjs.cpu against a naive computation from the checkpoints before and after the step.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scheduledRate } from '../../src/core/schedule.ts';
import { deadWindow } from '../../src/signals/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Checkpoint, CompileRequest, Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import * as naive from './naive.ts';
import { shiftAt } from './naiveShift.ts';
import { differences, recipeOf, requestOf, spoil, train, type Row, type Words } from './support.ts';

const tolerance = { relative: 1e-4, floor: 1e-5 };

/** With a momentum of 0, moment1 after a step is the step's gradient: the one thing that a naive computation cannot redo in a line. */
const readable = { optimizer: 'momentum', momentum: 0, learningRate: 0.05, validateEvery: 3 } as const;

interface Case {
  readonly name: string;
  readonly words: Words;
  /** Regions to overwrite before the first step. */
  readonly spoilt?: Readonly<Record<string, Readonly<Record<number, number>>>>;
  readonly steps: number;
}

const bounds = { tanh: [-1, 1], sigmoid: [0, 1] } as const;

/** Quiet steps of each unit of each ReLU layer, carried from step to step. */
type Quiet = number[][];

function layerColumns(
  request: CompileRequest,
  hidden: readonly naive.Matrix[],
  quiet: Quiet,
): [string, number][] {
  const { activation, batch } = request.recipe;
  const window = deadWindow(request.dataset.train.count, batch);
  return hidden.flatMap((rows, index) => {
    const values = rows.flat();
    const columns: [string, number][] = [[`activation_mean.${index + 1}`, naive.mean(values)]];
    if (activation === 'relu') {
      const counts = (quiet[index] ??= rows[0]!.map(() => 0));
      counts.forEach((count, unit) => {
        counts[unit] = rows.every((row) => row[unit]! <= 0) ? count + 1 : 0;
      });
      columns.push([`dead_neuron_ratio.${index + 1}`, naive.mean(counts.map((c) => Number(c >= window)))]);
    }
    if (activation === 'tanh' || activation === 'sigmoid') {
      const [low, high] = bounds[activation];
      const edge = 0.01 * (high - low);
      const near = values.map((value) => Number(value <= low + edge || value >= high - edge));
      columns.push([`saturation_ratio.${index + 1}`, naive.mean(near)]);
    }
    return columns;
  });
}

function judged(
  request: CompileRequest,
  state: Checkpoint,
  { inputs, labels }: naive.Batch,
  step: number | undefined,
) {
  const layers = naive.layersOf(request, state, inputs, step);
  const outputs = layers.at(-1)!;
  const losses = outputs.map((z, k) => naive.lossOf(request.recipe, z, labels[k]!));
  const right = outputs.map((z, k) => Number(naive.classOf(request.recipe, z) === labels[k]));
  return { hidden: layers.slice(0, -1), losses, loss: naive.mean(losses), accuracy: naive.mean(right) };
}

const evaluated = [
  'validation_loss',
  'validation_accuracy',
  'evaluated_at',
  'input_kl_divergence',
  'input_kl_batch',
];

/** The columns of the last evaluation, or none where there was none. */
function evaluationColumns(
  request: CompileRequest,
  state: Checkpoint,
  last: Row | undefined,
): [string, number][] {
  if (state.step % request.recipe.validateEvery === 0) {
    const { loss, accuracy } = judged(request, state, naive.validationBatch(request), undefined);
    const { window, batch } = shiftAt(request, state.step);
    return [loss, accuracy, state.step, window, batch].map((value, index) => [evaluated[index]!, value]);
  }
  return evaluated.flatMap((name): [string, number][] => (last?.has(name) ? [[name, last.get(name)!]] : []));
}

function expectedRow(
  request: CompileRequest,
  before: Checkpoint,
  after: Checkpoint,
  quiet: Quiet,
  last: Row | undefined,
): Row {
  const { step } = before;
  const learningRate = scheduledRate(request.recipe, step);
  const { hidden, losses, loss, accuracy } = judged(request, before, naive.batchOf(request, step), step);
  const gradients = naive.numbersOf(after, 'moment1.');
  const first = naive.norm(naive.numbersOf(after, 'moment1.', '.1'));
  const final = naive.norm(naive.numbersOf(after, 'moment1.', `.${request.recipe.hidden.length + 1}`));
  return new Map([
    ['step', step],
    ['loss', loss],
    ['accuracy', accuracy],
    ['gradient_norm', naive.norm(gradients)],
    ['gradient_norm_ratio', first / final],
    ['update_ratio', (learningRate * naive.norm(gradients)) / naive.norm(naive.numbersOf(before, ''))],
    ['learning_rate', learningRate],
    ['nonfinite_loss', naive.countNonfinite(losses)],
    ['nonfinite_gradient', naive.countNonfinite(gradients)],
    ['nonfinite_weight', naive.countNonfinite(naive.numbersOf(after, ''))],
    ...evaluationColumns(request, before, last),
    ...layerColumns(request, hidden, quiet),
  ]);
}

const spoiltBatch = (at: number, steps: number, inputs: number, swapped: boolean) => ({
  at,
  by: 'bad-batch',
  change: { kind: 'corrupt-batch', inputs, swapped, steps },
});
const half = Object.fromEntries([0, 1, 2].map((unit) => [unit, -100]));
const cases: readonly Case[] = [
  { name: 'ReLU', words: { activation: 'relu' }, steps: 5 },
  {
    name: 'ReLU with half of a layer dead, until beyond the window',
    words: { activation: 'relu' },
    spoilt: { 'biases.1': half },
    steps: 12,
  },
  { name: 'ReLU with a whole layer dead', words: { initialBias: -10, initialScale: 0.1 }, steps: 12 },
  { name: 'a ReLU that is exactly 0', words: { initialBias: 0, initialScale: 0 }, steps: 2 },
  { name: 'LeakyReLU', words: { activation: 'leaky-relu', slope: 0.1 }, steps: 4 },
  { name: 'ELU', words: { activation: 'elu', loss: 'squared-error' }, steps: 4 },
  { name: 'linear', words: { activation: 'linear', hidden: [3] }, steps: 4 },
  { name: 'no hidden layer', words: { hidden: [] }, steps: 4 },
  { name: 'tanh, partly saturated', words: { activation: 'tanh', initialScale: 3 }, steps: 4 },
  {
    name: 'sigmoid, saturated at both ends',
    words: { activation: 'sigmoid' },
    spoilt: { 'biases.1': { 0: 20, 1: -20 } },
    steps: 4,
  },
  {
    name: 'softmax over three classes',
    words: { loss: 'softmax-cross-entropy', data: 'blobs', classes: 3 },
    steps: 4,
  },
  { name: 'a sigmoid per class', words: { data: 'blobs', classes: 4 }, steps: 4 },
  {
    name: 'equal outputs, where the first class wins',
    words: { loss: 'squared-error', data: 'blobs', classes: 3, initialScale: 0 },
    steps: 1,
  },
  { name: 'dropout', words: { dropout: 0.4 }, steps: 12 },
  {
    name: 'dropout on tanh, partly saturated',
    words: { activation: 'tanh', initialScale: 3, dropout: 0.2 },
    steps: 4,
  },
  { name: 'dropout at its most', words: { activation: 'elu', dropout: 0.95 }, steps: 4 },
  {
    name: 'dropout with an infinite unit, which harms no example that drops it',
    words: { activation: 'linear', loss: 'squared-error', dropout: 0.7 },
    spoilt: { 'biases.2': { 0: -Infinity } },
    steps: 1,
  },
  {
    name: 'dropout with a NaN unit',
    words: { activation: 'leaky-relu', dropout: 0.7 },
    spoilt: { 'biases.1': { 4: NaN } },
    steps: 1,
  },
  { name: 'a warm-up and a cosine', words: { schedule: 'cosine', warmUp: 3, scheduleSteps: 4 }, steps: 9 },
  {
    name: 'a rate that drops in steps, at last to 0',
    words: { schedule: 'step', scheduleSteps: 2, scheduleFactor: 1e-6 },
    steps: 22,
  },
  { name: 'mislabelled and starved', words: { keep: 40, mislabelled: 20 }, steps: 6 },
  {
    name: 'a spoilt batch: inputs times 3 and labels swapped',
    words: { timeline: [spoiltBatch(1, 1, 3, true)] },
    steps: 3,
  },
  {
    name: 'spoilt batches that meet, less those skipped',
    words: {
      data: 'blobs',
      classes: 3,
      loss: 'softmax-cross-entropy',
      timeline: [
        spoiltBatch(1, 5, -2, true),
        spoiltBatch(2, 1, 0.5, true),
        spoiltBatch(3, 1, 0, false),
        { at: 4, by: 'skip', change: { kind: 'skip-batches', from: 4, steps: 1 } },
      ],
    },
    steps: 8,
  },
  {
    name: 'a NaN weight below',
    words: { activation: 'tanh' },
    spoilt: { 'weights.1': { 3: NaN } },
    steps: 1,
  },
  {
    name: 'a NaN weight above',
    words: { activation: 'relu' },
    spoilt: { 'weights.3': { 2: NaN } },
    steps: 1,
  },
  {
    name: 'NaN in one class of three',
    words: { loss: 'softmax-cross-entropy', data: 'blobs', classes: 3 },
    spoilt: { 'biases.3': { 1: NaN } },
    steps: 1,
  },
  {
    name: 'an infinite weight',
    words: { activation: 'tanh' },
    spoilt: { 'weights.3': { 0: Infinity } },
    steps: 1,
  },
  {
    name: 'an infinite bias under squared error',
    words: { activation: 'linear', loss: 'squared-error' },
    spoilt: { 'biases.2': { 0: -Infinity } },
    steps: 1,
  },
];

async function checkpoints(engine: Engine, request: CompileRequest, { spoilt = {}, steps }: Case) {
  const program = await engine.compile(request);
  let state = await program.checkpoint();
  for (const [region, values] of Object.entries(spoilt)) state = spoil(state, region, values);
  await program.restore(state);
  const states = [await program.checkpoint()];
  const rows: Row[] = [];
  for (let step = 0; step < steps; step++) {
    rows.push(...(await train(program, 1)));
    states.push(await program.checkpoint());
  }
  program.dispose();
  return { states, rows };
}

let tfjs: Engine;
beforeAll(async () => {
  tfjs = await createTfjsEngine('cpu');
});
afterAll(() => {
  tfjs.dispose();
});

describe.each(['compiled.plain', 'tfjs.cpu'])('%s: every signal is what a naive computation gives', (id) => {
  test.each(cases)('$name', async (each) => {
    const request = await requestOf(recipeOf({ ...readable, ...each.words }));
    const { states, rows } = await checkpoints(id === 'tfjs.cpu' ? tfjs : plainEngine, request, each);
    const quiet: Quiet = [];
    rows.forEach((row, index) => {
      const expected = expectedRow(request, states[index]!, states[index + 1]!, quiet, rows[index - 1]);
      expect(differences(expected, row, tolerance), `step ${index}`).toEqual([]);
    });
  });

  test('running statistics are the means over the first ten batches, then move by a tenth per batch', async () => {
    // At a rate of 0 the weights stay, so that the statistics of every batch can be had from the first checkpoint.
    const request = await requestOf(recipeOf({ hidden: [4], batchNorm: true, learningRate: 0 }));
    const program = await (id === 'tfjs.cpu' ? tfjs : plainEngine).compile(request);
    const fresh = await program.checkpoint();
    let expected = { mean: 0, variance: 0 };
    for (let step = 0; step < 14; step++) {
      await program.advance(1);
      expected = naive.movedStatistics(expected, request, fresh, step);
      const { regions } = await program.checkpoint();
      expect(regions.get('runningMean.1')![2]).toBeCloseTo(expected.mean, 5);
      expect(regions.get('runningVariance.1')![2]).toBeCloseTo(expected.variance, 5);
      expect(regions.get('runningCount.1')).toEqual(new Float32Array([step + 1]));
    }
    program.dispose();
  });

  test('before the first evaluation its columns are absent', async () => {
    const request = await requestOf(recipeOf({ validateEvery: 4 }), 1);
    const engine = id === 'tfjs.cpu' ? tfjs : plainEngine;
    const program = await engine.compile(request);
    const rows = await train(program, 5);
    expect(rows.map((row) => evaluated.filter((name) => row.has(name)).length)).toEqual([0, 0, 0, 5, 5]);
    expect(rows.at(-1)!.get('evaluated_at')).toBe(4);
    program.dispose();
  });
});
