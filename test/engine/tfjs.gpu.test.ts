// The tfjs engine on WebGPU, in a real browser: parity with plain, NaN and infinity, memory, and the loss of the device.
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activations } from '../../src/core/settings.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Program } from '../../src/engine/engine.ts';
import { findAdapter } from '../../src/engine/gpu/adapter.ts';
import { createTfjsEngine, type TfjsEngine } from '../../src/engine/tfjs/index.ts';
import { differences, recipeOf, requestOf, spoil, train, type Row, type Words } from './support.ts';

const tolerance = { relative: 1e-4, floor: 1e-5 };

let engine: TfjsEngine;
beforeAll(async () => {
  engine = await createTfjsEngine('webgpu');
});
afterAll(() => {
  engine.dispose();
});

async function programs(words: Words): Promise<{ plain: Program; gpu: Program }> {
  const request = await requestOf(recipeOf(words));
  return { plain: compilePlain(request), gpu: await engine.compile(request) };
}

const kinds: readonly Words[] = [
  ...activations.map((activation) => ({ activation })),
  ...activations.map((activation) => ({ activation, batchNorm: true, optimizer: 'momentum' })),
  { loss: 'squared-error', optimizer: 'adam', learningRate: 0.01, l2: 0.01 },
  { loss: 'softmax-cross-entropy', data: 'blobs', classes: 3, clipNorm: 0.05 },
  { loss: 'sigmoid-cross-entropy', data: 'blobs', classes: 4, hidden: [] },
  { hidden: [4, 4, 4, 4, 4, 4], activation: 'tanh' },
  { dropout: 0.4, schedule: 'cosine', warmUp: 5, batchNorm: true },
  {
    timeline: [
      { at: 0, by: 'edit', change: { kind: 'push-biases', layer: 2, units: 3, perStep: -2, steps: 1 } },
    ],
  },
];

test('the adapter is found and, in this browser, known to be software', async () => {
  const found = await findAdapter();
  expect(found?.hardware).toBe(false);
  expect(engine.description).toContain(found?.description);
  expect(engine.description).toContain('software');
});

test('after one step every signal is that of plain, for each activation, loss and optimizer', async () => {
  for (const words of kinds) {
    const { plain, gpu } = await programs(words);
    const [expected] = await train(plain, 1);
    const [actual] = await train(gpu, 1);
    expect(differences(expected!, actual!, tolerance), JSON.stringify(words)).toEqual([]);
    gpu.dispose();
  }
});

/** Tensors and bytes of GPU buffers that TensorFlow.js holds. */
function held() {
  const memory: { readonly numTensors: number; readonly numBytesAllocatedInGPU?: number } = tf.memory();
  expect(memory.numBytesAllocatedInGPU).toBeGreaterThan(0);
  return { tensors: memory.numTensors, bytes: memory.numBytesAllocatedInGPU };
}

// One test of two claims, for on a software adapter its 100 steps take as long as many other tests.
test('over 100 steps the losses are those of plain; after the first 25 of them neither tensors nor GPU buffers grow', async () => {
  const { plain, gpu } = await programs({ activation: 'tanh', optimizer: 'adam', learningRate: 0.003 });
  const rows: Row[] = [];
  const memory: unknown[] = [];
  // Buffers are pooled by size and a readback has the size of its rows, so the pace is the same throughout.
  for (let part = 0; part < 4; part++) {
    rows.push(...(await train(gpu, 25)));
    memory.push(held());
  }
  const losses = (list: readonly Row[]) => list.map((row) => row.get('loss') ?? NaN);
  const [expected, actual] = [losses(await train(plain, 100)), losses(rows)];
  expect(Math.max(...expected.map((loss, step) => Math.abs(loss - actual[step]!)))).toBeLessThan(1e-3);
  expect(memory).toEqual(Array(4).fill(memory[0]));
  gpu.dispose();
}, 180_000);

const counts = [
  'nonfinite_loss',
  'nonfinite_gradient',
  'nonfinite_weight',
  'accuracy',
  'dead_neuron_ratio.1',
];

/**
 * Where a value is NaN, whatever the activation; and infinities, with activations that keep them apart from NaN in TensorFlow.js too (its
 * derivative of ELU multiplies by infinity).
 */
const spoilt: readonly (readonly [
  name: string,
  words: Words,
  region: string,
  values: Record<number, number>,
])[] = [
  ...activations.map(
    (activation) => ['a NaN weight below', { activation }, 'weights.1', { 3: NaN }] as const,
  ),
  ['a NaN weight of the output', { activation: 'sigmoid' }, 'weights.3', { 1: NaN }],
  ['a NaN weight of the output', { loss: 'softmax-cross-entropy' }, 'weights.3', { 1: NaN }],
  ['a NaN weight of the output', { loss: 'squared-error' }, 'weights.3', { 1: NaN }],
  ['a NaN scale of batch norm', { activation: 'elu', batchNorm: true }, 'gamma.2', { 2: NaN }],
  ['an infinite bias', { activation: 'relu' }, 'biases.2', { 0: Infinity }],
  ['an infinite bias', { activation: 'leaky-relu' }, 'biases.2', { 0: -Infinity }],
  ['a negative infinite output', { activation: 'tanh' }, 'biases.3', { 0: -Infinity }],
  ['a negative infinite output', { loss: 'softmax-cross-entropy' }, 'biases.3', { 0: -Infinity }],
  ['an infinite first moment', { optimizer: 'momentum' }, 'moment1.weights.1', { 0: Infinity, 5: NaN }],
];

describe('NaN and infinity are counted as in plain', () => {
  test.each(spoilt)('%s, %o', async (_name, words, region, values) => {
    const { plain, gpu } = await programs(words);
    const checkpoint = spoil(await plain.checkpoint(), region, values);
    await plain.restore(checkpoint);
    await gpu.restore(checkpoint);
    const [expected] = await train(plain, 1);
    const [actual] = await train(gpu, 1);
    const picked = (row: Row) => counts.map((name) => [name, row.get(name)]);
    expect(picked(actual!)).toEqual(picked(expected!));
    gpu.dispose();
  });
});

test('a checkpoint of webgpu restores into plain, and plain goes on as webgpu does', async () => {
  const { plain, gpu } = await programs({ batchNorm: true, optimizer: 'adam', learningRate: 0.01 });
  await train(gpu, 12);
  const checkpoint = await gpu.checkpoint();
  await plain.restore(checkpoint);
  expect((await plain.checkpoint()).regions).toEqual(checkpoint.regions);
  const [expected] = await train(plain, 1);
  const [actual] = await train(gpu, 1);
  expect(differences(expected!, actual!, tolerance)).toEqual([]);
  gpu.dispose();
});

test('evaluate gives what plain gives', async () => {
  const { plain, gpu } = await programs({ data: 'blobs', classes: 3, loss: 'softmax-cross-entropy' });
  const [expected, actual] = [await plain.evaluate('train'), await gpu.evaluate('train')];
  expect(actual.accuracy).toBe(expected.accuracy);
  expect(actual.loss).toBeCloseTo(expected.loss!, 4);
  expect(Math.max(...actual.outputs.map((value, k) => Math.abs(value - expected.outputs[k]!)))).toBeLessThan(
    1e-5,
  );
  gpu.dispose();
});

test('an engine on the CPU trains in the same page, step by step beside it', async () => {
  const cpu = await createTfjsEngine('cpu');
  const request = await requestOf(recipeOf());
  const [beside, gpu] = [await cpu.compile(request), await engine.compile(request)];
  for (let step = 0; step < 3; step++) {
    const [[expected], [actual]] = await Promise.all([train(beside, 1), train(gpu, 1)]);
    expect(differences(expected!, actual!, tolerance)).toEqual([]);
  }
  cpu.dispose();
  gpu.dispose();
});

test('a program that is disposed of leaves no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const { gpu } = await programs({ batchNorm: true, optimizer: 'adam' });
  await gpu.advance(3);
  gpu.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a device destroyed in mid-run: lost resolves with the reason, and calls reject instead of hanging', async () => {
  const doomed = await createTfjsEngine('webgpu');
  const program = await doomed.compile(await requestOf(recipeOf()));
  await train(program, 2);
  await program.advance(5);
  const rows = program.rows();
  doomed.device!.destroy();
  await expect(rows).rejects.toThrow(/device was lost \(destroyed/);
  expect(await doomed.lost).toMatch(/device was lost \(destroyed/);
  await expect(Promise.resolve(program.advance(1))).rejects.toThrow(/device was lost/);
  await expect(program.checkpoint()).rejects.toThrow(/device was lost/);
  await expect(doomed.compile(await requestOf(recipeOf()))).rejects.toThrow(/device was lost/);
  program.dispose();
  doomed.dispose();
});

test('an error that the GPU reports ends the engine with its message', async () => {
  const doomed = await createTfjsEngine('webgpu');
  const program = await doomed.compile(await requestOf(recipeOf()));
  doomed.device!.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
  await program.advance(1);
  await Promise.allSettled([program.rows()]);
  expect(await doomed.lost).toMatch(/GPU reported an error.*Buffer usages/s);
  await expect(program.rows()).rejects.toThrow(/GPU reported an error/);
  doomed.dispose();
});
