// The plain execution as a program: exact repetition, evaluation, memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Program } from '../../src/engine/engine.ts';
import { readRows, recipeOf, requestOf, train, type Words } from './support.ts';

const push = { kind: 'push-biases', layer: 1, units: 2, perStep: -0.01, steps: 30 };
const kinds: readonly Words[] = [
  {},
  { optimizer: 'momentum', batchNorm: true, activation: 'tanh', learningRate: 0.02 },
  { optimizer: 'adam', learningRate: 0.01, l2: 0.001, clipNorm: 0.5, validateEvery: 7 },
  { timeline: [{ at: 15, by: 'edit', change: push }] },
  { dropout: 0.3, schedule: 'cosine', warmUp: 10, scheduleSteps: 40, batchNorm: true, optimizer: 'momentum' },
  { dropout: 0.5, schedule: 'step', scheduleSteps: 7, scheduleFactor: 0.7, activation: 'tanh' },
  { data: 'blobs', classes: 4, loss: 'softmax-cross-entropy', activation: 'elu', hidden: [5, 4, 3] },
];

async function programOf(words: Words): Promise<Program> {
  return compilePlain(await requestOf(recipeOf(words)));
}

async function words(program: Program, steps: number): Promise<Uint32Array> {
  await program.advance(steps);
  return program.rows();
}

describe.each(kinds)('%o', (kind) => {
  test('what follows a checkpoint repeats bit for bit, in the same program and in a new one', async () => {
    const program = await programOf(kind);
    await words(program, 23);
    const checkpoint = await program.checkpoint();
    const first = await words(program, 40);
    await program.restore(checkpoint);
    expect(await words(program, 40)).toEqual(first);
    const other = await programOf(kind);
    await other.restore(checkpoint);
    expect(await words(other, 40)).toEqual(first);
    expect((await other.checkpoint()).regions).toEqual((await program.checkpoint()).regions);
  });

  test('one step at a time is as many at once, bit for bit', async () => {
    const [single, whole] = [await programOf(kind), await programOf(kind)];
    for (let step = 0; step < 30; step++) await single.advance(1);
    expect(await single.rows()).toEqual(await words(whole, 30));
  });

  test('evaluating the validation set gives the validation loss and accuracy of the row', async () => {
    const program = await programOf({ ...kind, validateEvery: 5 });
    // At step 50 no push is due: interventions come before the row's own evaluation.
    await train(program, 50);
    const { loss, accuracy } = await program.evaluate('validation');
    const [row] = await train(program, 1);
    expect(row!.get('evaluated_at')).toBe(50);
    expect(row!.get('validation_loss')).toBe(Math.fround(loss!));
    expect(row!.get('validation_accuracy')).toBe(Math.fround(accuracy!));
  });

  test('evaluating changes nothing of the training', async () => {
    const [asked, left] = [await programOf(kind), await programOf(kind)];
    await asked.evaluate('train');
    expect(await words(asked, 10)).toEqual(await words(left, 10));
  });
});

test('inputs of one’s own have outputs and units, but neither loss nor accuracy', async () => {
  const program = await programOf({ hidden: [4, 3] });
  const { count, loss, accuracy, outputs, units } = await program.evaluate({
    inputs: new Float32Array(2 * 5),
  });
  expect({ count, loss, accuracy }).toEqual({ count: 5, loss: undefined, accuracy: undefined });
  expect(outputs.length).toBe(5 * 2);
  expect(units.map((values) => values.length)).toEqual([5 * 4, 5 * 3]);
  expect(outputs[0]! + outputs[1]!).toBeCloseTo(1, 6);
});

test('an intervention takes effect at its step in a program that is already running', async () => {
  const timeline = [{ at: 6, by: 'edit', change: { kind: 'scale-rate', factor: 0.5 } }];
  const program = await programOf({ learningRate: 0.5 });
  await program.advance(4);
  program.intervene(recipeOf({ learningRate: 0.5, timeline }));
  await program.advance(4);
  const rates = readRows(program.layout, await program.rows()).map((row) => row.get('learning_rate'));
  expect(rates).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]);
});

test('dropout that is turned off in mid-run leaves what a network without it does', async () => {
  const off = { at: 6, by: 'edit', change: { kind: 'set', settings: { dropout: 0 } } };
  const dropping = await programOf({ dropout: 0.4, timeline: [off] });
  const without = await programOf({});
  await words(dropping, 6);
  await without.restore(await dropping.checkpoint());
  const last = await words(without, 10);
  const rows = readRows(dropping.layout, await words(dropping, 10));
  expect(rows).toEqual(readRows(without.layout, last));
});

describe.each([...kinds, { clipNorm: 0.2 }, { optimizer: 'adam', l2: 0.01 }])(
  'without telemetry, %o',
  (kind) => {
    test('training and validation are the same, bit for bit, and there is no row', async () => {
      const request = await requestOf(recipeOf(kind));
      const [off, core] = [compilePlain(request, Float32Array, 'off'), compilePlain(request)];
      expect((await words(off, 50)).length).toBe(0);
      await words(core, 50);
      const regions = async (program: Program) =>
        [...(await program.checkpoint()).regions]
          .filter(([name]) => !name.startsWith('quiet.'))
          .map(([name, values]) => [name, name === 'evaluation' ? values.subarray(0, 3) : values]);
      expect(await regions(off)).toEqual(await regions(core));
      expect(await off.evaluate('validation')).toEqual(await core.evaluate('validation'));
    });
  },
);

test('clipping that begins in mid-run clips without telemetry too', async () => {
  const timeline = [{ at: 5, by: 'edit', change: { kind: 'set', settings: { clipNorm: 0.01 } } }];
  const request = await requestOf(recipeOf({ timeline }));
  const [off, core] = [compilePlain(request, Float32Array, 'off'), compilePlain(request)];
  for (const program of [off, core]) await program.advance(9);
  const weights = async (program: Program) => (await program.checkpoint()).regions.get('weights.1');
  expect(await weights(off)).toEqual(await weights(core));
});

/** Bytes in use after a collection. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('10,000 steps leave memory where it was after the first 50', async () => {
  const program = await programOf({ hidden: [4], batch: 8, validateEvery: 50 });
  await words(program, 50);
  const before = bytesInUse();
  for (let step = 50; step < 10_000; step += 50) await words(program, 50);
  expect(program.step).toBe(10_000);
  // Compiled code and the test runner's own bookkeeping come and go by some 100 kB, so the least of several looks counts;
  // a leak of one small row per step would be 700 kB and stay.
  const growth: number[] = [];
  for (let look = 0; look < 5; look++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    growth.push(bytesInUse() - before);
  }
  expect(Math.min(...growth)).toBeLessThan(350_000);
}, 60_000);
