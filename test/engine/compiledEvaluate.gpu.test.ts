// Evaluations of the compiled engine: what plain gives, in chunks, and while the run trains.
import { describe, expect, test } from 'vitest';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Evaluation, Split } from '../../src/engine/engine.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { largestDifference } from './sample.ts';
import { recipeOf, requestOf, train, type Words } from './support.ts';

const engineFor = compiledEngines();

const tolerance = 1e-5;

/** A grid of points, count × 2, so many that it takes several chunks of 512. */
function grid(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * count }, (_, k) => Math.sin(k * 1.7) * 2);
}

const splits: readonly Split[] = ['train', 'validation', { inputs: grid(1301) }, { inputs: grid(1) }];

const networks: readonly (readonly [string, Words])[] = [
  ['one output unit', { train: 1100, validation: 513 }],
  [
    'three classes',
    { train: 600, validation: 512, data: 'blobs', classes: 3, loss: 'softmax-cross-entropy' },
  ],
  ['squared error', { train: 530, data: 'blobs', classes: 3, loss: 'squared-error', activation: 'tanh' }],
  ['batch norm and dropout', { train: 700, validation: 1025, batchNorm: true, dropout: 0.3 }],
  ['no hidden layer', { train: 513, hidden: [] }],
];

function same(expected: Evaluation, actual: Evaluation): void {
  expect(actual.count).toBe(expected.count);
  expect(actual.accuracy).toBe(expected.accuracy);
  expect(actual.outputs).toHaveLength(expected.outputs.length);
  expect(largestDifference(expected.outputs, actual.outputs)).toBeLessThan(tolerance);
  expect(actual.units).toHaveLength(expected.units.length);
  expected.units.forEach((values, layer) => {
    expect(actual.units[layer]).toHaveLength(values.length);
    expect(largestDifference(values, actual.units[layer]!)).toBeLessThan(tolerance);
  });
  if (expected.loss === undefined) expect(actual.loss).toBeUndefined();
  else expect(Math.abs(actual.loss! - expected.loss)).toBeLessThan(tolerance);
}

describe.each(executions)('%s', (execution) => {
  test.each(networks)('%s: every set gives what plain gives', async (_name, words) => {
    const request = await requestOf(recipeOf(words));
    const plain = compilePlain(request);
    const program = await engineFor(execution).compile(request);
    await train(plain, 20);
    await program.restore(await plain.checkpoint());
    for (const split of splits) same(await plain.evaluate(split), await program.evaluate(split));
    program.dispose();
  });

  test('while steps are in flight it evaluates one state, and the run stays as it is', async () => {
    const request = await requestOf(recipeOf({ train: 700, batch: 32, validateEvery: 2 }));
    const engine = engineFor(execution);
    const undisturbed = await engine.compile(request);
    await undisturbed.advance(300);
    const program = await engine.compile(request);
    const advanced = Promise.resolve(program.advance(300));
    const pairs: (readonly [Split, Promise<Evaluation>, ReturnType<typeof program.keep>])[] = [];
    for (const split of splits) {
      await new Promise((resolve) => setTimeout(resolve, 4));
      pairs.push([split, program.evaluate(split), program.keep()]);
    }
    await advanced;
    expect(await program.rows()).toEqual(await undisturbed.rows());
    const plain = compilePlain(request);
    for (const [split, evaluated, kept] of pairs) {
      await plain.restore(await kept.read());
      same(await plain.evaluate(split), await evaluated);
      kept.dispose();
    }
    undisturbed.dispose();
    program.dispose();
  });

  test('settings that change in the middle of an evaluation of many parts do not end it', async () => {
    // Results of 16 MB are read back at once; these are more.
    const request = await requestOf(recipeOf({ hidden: [512] }));
    const program = await engineFor(execution).compile(request);
    const plain = compilePlain(request);
    const inputs = grid(8300);
    const evaluated = program.evaluate({ inputs });
    const timeline = Array.from({ length: 150 }, () => ({
      at: 0,
      by: 'edit',
      change: { kind: 'scale-rate', factor: 0.99 },
    }));
    program.intervene(recipeOf({ hidden: [512], timeline }));
    same(await plain.evaluate({ inputs }), await evaluated);
    expect(await train(program, 1)).toHaveLength(1);
    program.dispose();
  });
});
