// The tfjs engine on the CPU as an engine: checkpoints shared with plain, queueing, memory, and clear ends.
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Samples } from '../../src/data/dataset.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { EngineUnavailable, type Engine } from '../../src/engine/engine.ts';
import { findAdapter } from '../../src/engine/gpu/adapter.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { differences, readRows, recipeOf, requestOf, spoil, train, type Words } from './support.ts';

const tolerance = { relative: 1e-4, floor: 1e-5 };

let engine: Engine;
beforeAll(async () => {
  engine = await createTfjsEngine('cpu');
});
afterAll(() => {
  engine.dispose();
});

const kinds: readonly Words[] = [
  {},
  { hidden: [] },
  { optimizer: 'momentum', batchNorm: true, activation: 'tanh' },
  { optimizer: 'adam', learningRate: 0.01, activation: 'sigmoid', data: 'blobs', classes: 3 },
  { dropout: 0.4, schedule: 'cosine', warmUp: 5, scheduleSteps: 12 },
];

describe.each(kinds)('%o', (words) => {
  test('a checkpoint has the regions of plain, and goes there and back without a bit changed', async () => {
    const request = await requestOf(recipeOf(words));
    const [plain, program] = [await plainEngine.compile(request), await engine.compile(request)];
    expect((await program.checkpoint()).regions).toEqual((await plain.checkpoint()).regions);
    await train(program, 15);
    const checkpoint = await program.checkpoint();
    await plain.restore(checkpoint);
    expect(await plain.checkpoint()).toEqual(checkpoint);
    await train(program, 3);
    await program.restore(await plain.checkpoint());
    expect(await program.checkpoint()).toEqual(checkpoint);
    program.dispose();
  });

  test('evaluate gives the loss, accuracy, outputs and units of plain', async () => {
    const request = await requestOf(recipeOf({ ...words, train: 1100 }));
    const [plain, program] = [await plainEngine.compile(request), await engine.compile(request)];
    await train(program, 5);
    await plain.restore(await program.checkpoint());
    for (const split of ['train', 'validation', { inputs: new Float32Array([0, 1, -2, 0.5]) }] as const) {
      const [expected, actual] = [await plain.evaluate(split), await program.evaluate(split)];
      expect(actual.count).toBe(expected.count);
      expect(actual.accuracy).toBe(expected.accuracy);
      expect(actual.loss ?? 0).toBeCloseTo(expected.loss ?? 0, 5);
      const pairs = [actual, expected].map(({ outputs, units }) =>
        [outputs, ...units].map((list) => [...list]),
      );
      const [found, wanted] = pairs.map((lists) => lists.flat());
      expect(found!.length).toBe(wanted!.length);
      expect(Math.max(...found!.map((value, k) => Math.abs(value - wanted![k]!)))).toBeLessThan(1e-5);
    }
    program.dispose();
  });
});

test('what follows a checkpoint repeats bit for bit with dropout and a schedule, in the same program and in a new one', async () => {
  const words = { dropout: 0.3, schedule: 'step', warmUp: 8, scheduleSteps: 6, optimizer: 'momentum' };
  const request = await requestOf(recipeOf(words));
  const [program, other] = [await engine.compile(request), await engine.compile(request)];
  await train(program, 13);
  const checkpoint = await program.checkpoint();
  const first = await train(program, 10);
  for (const each of [program, other]) {
    await each.restore(checkpoint);
    expect(await train(each, 10)).toEqual(first);
    each.dispose();
  }
});

test('inputs stored as bytes stand for value ÷ 255, in training, validation and evaluation', async () => {
  const request = await requestOf(recipeOf({ data: 'blobs', classes: 4, loss: 'softmax-cross-entropy' }));
  const bytes = (samples: Samples): Samples => ({
    ...samples,
    inputs: Uint8Array.from(samples.inputs, (value) => 128 + 30 * value),
  });
  const { train: training, validation } = request.dataset;
  const dataset = { ...request.dataset, train: bytes(training), validation: bytes(validation) };
  const plain = await plainEngine.compile({ ...request, dataset });
  const program = await engine.compile({ ...request, dataset });
  const [expected, actual] = [await train(plain, 3), await train(program, 3)];
  expected.forEach((row, index) => {
    expect(differences(row, actual[index]!, tolerance)).toEqual([]);
  });
  expect((await program.evaluate('train')).loss).toBeCloseTo((await plain.evaluate('train')).loss!, 5);
  program.dispose();
});

test('what a checkpoint lacks starts fresh, and what does not fit is left out', async () => {
  const request = await requestOf(recipeOf({ optimizer: 'momentum', batchNorm: true }));
  const program = await engine.compile(request);
  const fresh = await program.checkpoint();
  await train(program, 10);
  const foreign = { step: 4, regions: new Map([['weights.2', new Float32Array(3)]]) };
  await program.restore(foreign);
  expect(program.step).toBe(4);
  expect((await program.checkpoint()).regions).toEqual(fresh.regions);
  program.dispose();
});

test('more steps than may wait, taken in one call, have all their rows in order', async () => {
  const program = await engine.compile(await requestOf(recipeOf({ hidden: [3], batch: 4 })));
  await program.advance(75);
  const rows = readRows(program.layout, await program.rows());
  expect(rows.map((row) => row.get('step'))).toEqual(Array.from({ length: 75 }, (_, step) => step));
  expect((await program.rows()).length).toBe(0);
  program.dispose();
});

test('calls that were not awaited run one after another', async () => {
  const request = await requestOf(recipeOf());
  const [program, plain] = [await engine.compile(request), await plainEngine.compile(request)];
  const [, first, checkpoint, , second] = await Promise.all([
    program.advance(3),
    program.rows(),
    program.checkpoint(),
    program.advance(2),
    program.rows(),
  ]);
  expect(checkpoint.step).toBe(3);
  const steps = [first, second].map((words) => readRows(program.layout, words).length);
  expect(steps).toEqual([3, 2]);
  const expected = (await train(plain, 5)).at(-1)!;
  expect(differences(expected, readRows(program.layout, second).at(-1)!, tolerance)).toEqual([]);
  program.dispose();
});

test('an intervention takes effect at its step in a program that is already running', async () => {
  const timeline = [
    { at: 6, by: 'edit', change: { kind: 'scale-rate', factor: 0.5 } },
    { at: 7, by: 'edit', change: { kind: 'push-biases', layer: 1, units: 6, perStep: -50, steps: 1 } },
  ];
  const program = await engine.compile(await requestOf(recipeOf({ learningRate: 0.5 })));
  await program.advance(4);
  program.intervene(recipeOf({ learningRate: 0.5, timeline }));
  await program.advance(4);
  const rows = readRows(program.layout, await program.rows());
  expect(rows.map((row) => row.get('learning_rate'))).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]);
  expect(rows.map((row) => row.get('activation_mean.1') === 0)).toEqual([
    ...Array<boolean>(7).fill(false),
    true,
  ]);
  program.dispose();
});

test('after the first 50 steps no tensor is added, whatever the learning rate does', async () => {
  const timeline = Array.from({ length: 100 }, (_, k) => ({
    at: 50 + k,
    by: 'edit',
    change: { kind: 'scale-rate', factor: 0.99 },
  }));
  const drawn = { batchNorm: true, dropout: 0.2, schedule: 'cosine' };
  const words = { hidden: [4], optimizer: 'adam', learningRate: 0.01, ...drawn, timeline };
  const program = await engine.compile(await requestOf(recipeOf(words)));
  await train(program, 50);
  const before = tf.memory().numTensors;
  await train(program, 100);
  expect(tf.memory().numTensors).toBe(before);
  program.dispose();
});

test('an engine that is disposed of leaves no tensor and no backend, and its programs reject', async () => {
  const before = { tensors: tf.memory().numTensors, backends: tf.engine().backendNames().length };
  const other = await createTfjsEngine('cpu');
  const program = await other.compile(await requestOf(recipeOf({ optimizer: 'adam' })));
  await program.advance(3);
  other.dispose();
  await expect(program.rows()).rejects.toThrow(/disposed of/);
  await expect(other.compile(await requestOf(recipeOf()))).rejects.toThrow(/disposed of/);
  const after = await engine.compile(await requestOf(recipeOf()));
  after.dispose();
  expect({ tensors: tf.memory().numTensors, backends: tf.engine().backendNames().length }).toEqual(before);
});

test('spoiling one program leaves another of the same engine alone', async () => {
  const request = await requestOf(recipeOf());
  const [spoilt, sound] = [await engine.compile(request), await engine.compile(request)];
  await spoilt.restore(spoil(await spoilt.checkpoint(), 'weights.1', { 0: NaN }));
  const [rowsSpoilt, rowsSound] = await Promise.all([train(spoilt, 2), train(sound, 2)]);
  expect(rowsSpoilt[1]!.get('nonfinite_weight')).toBeGreaterThan(0);
  expect(rowsSound[1]!.get('nonfinite_weight')).toBe(0);
  spoilt.dispose();
  sound.dispose();
});

test('without WebGPU there is no adapter, and the engine says what is missing and what to do', async () => {
  expect(await findAdapter()).toBeNull();
  const failure = createTfjsEngine('webgpu');
  await expect(failure).rejects.toBeInstanceOf(EngineUnavailable);
  await expect(failure).rejects.toThrow(/WebGPU is missing.*compiled\.plain/);
});
