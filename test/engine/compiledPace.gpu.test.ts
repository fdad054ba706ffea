// The compiled engine in time: identical rows whatever K was, bounded queues, and memory that does not grow.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CompiledProgram } from '../../src/engine/compiled/gpu/index.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { recipeOf, requestOf } from './support.ts';

const steps = 64;
/** Validation falls inside of every larger K, a push and changed settings too. */
const words = {
  validateEvery: 3,
  optimizer: 'adam',
  learningRate: 0.01,
  batchNorm: true,
  dropout: 0.2,
  clipNorm: 0.5,
  timeline: [
    { at: 9, by: 'edit', change: { kind: 'push-biases', layer: 2, units: 2, perStep: -0.1, steps: 6 } },
    { at: 30, by: 'edit', change: { kind: 'set', settings: { keep: 40, mislabelled: 7, l2: 0.01 } } },
  ],
};

const engineFor = compiledEngines();
afterEach(() => {
  vi.restoreAllMocks();
});

async function advanceBy(program: CompiledProgram, to: number, atOnce: number): Promise<void> {
  while (program.step < to) await program.advance(Math.min(atOnce, to - program.step));
}

describe.each(executions)('%s', (execution) => {
  const compile = async () => engineFor(execution).compile(await requestOf(recipeOf(words)));

  test('rows are identical, bit for bit, whatever K was', async () => {
    const all: Uint32Array[] = [];
    for (const atOnce of [1, 7, steps, steps]) {
      const program = await compile();
      await advanceBy(program, steps, atOnce);
      all.push(await program.rows());
      expect(program.missed).toBe(0);
      program.dispose();
    }
    const [first, ...others] = all;
    for (const other of others) expect(other).toEqual(first);
  });

  test('rows are identical after checkpoint and restore in mid-run, in the same program and in a fresh one', async () => {
    const program = await compile();
    await program.advance(steps);
    const whole = await program.rows();
    const middle = 31;
    const from = middle * program.layout.width;
    const again = await compile();
    await advanceBy(again, middle, 5);
    const kept = again.keep();
    await advanceBy(again, steps, 11);
    expect(await again.rows()).toEqual(whole);
    const checkpoint = await kept.read();
    expect(checkpoint.step).toBe(middle);
    await again.restore(checkpoint);
    await again.advance(steps - middle);
    expect(await again.rows()).toEqual(whole.slice(from));
    kept.dispose();
    const fresh = await compile();
    await fresh.restore(checkpoint);
    await fresh.advance(steps - middle);
    expect(await fresh.rows()).toEqual(whole.slice(from));
    for (const used of [program, again, fresh]) used.dispose();
  });

  test('a checkpoint restores right after its Kept was disposed of', async () => {
    const program = await compile();
    await program.advance(10);
    const kept = program.keep();
    const checkpoint = await kept.read();
    kept.dispose();
    await program.restore(checkpoint);
    await program.advance(3);
    const rows = await program.rows();
    expect(rows.length).toBe(3 * program.layout.width);
    program.dispose();
  });

  test('rows asked for before a restore are not those after it', async () => {
    const program = await compile();
    await program.advance(20);
    const checkpoint = await program.checkpoint();
    await program.advance(20);
    const asked = program.rows();
    await program.restore(checkpoint);
    await asked;
    await program.advance(20);
    const rows = await program.rows();
    const { width } = program.layout;
    const found = Array.from({ length: rows.length / width }, (_, row) => rows[row * width]);
    expect(found).toEqual(Array.from({ length: 20 }, (_, k) => 20 + k));
    program.dispose();
  });

  test('rows that arrived come without waiting, and all of them in the end', async () => {
    const program = await compile();
    const found: number[] = [];
    const { width } = program.layout;
    await program.advance(200);
    while (found.length < 200) {
      let waited = true;
      const arrived = program.rows('arrived').then((rows) => {
        waited = false;
        for (let at = 0; at < rows.length; at += width) found.push(rows[at]!);
      });
      // Some turns of the microtask queue, in which no device can answer.
      for (let turn = 0; turn < 8; turn++) await Promise.resolve();
      expect(waited).toBe(false);
      await arrived;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(found).toEqual(Array.from({ length: 200 }, (_, k) => k));
    program.dispose();
  });

  test('a long advance has at most two submits under way and at most one map per 16 ms', async () => {
    const program = await compile();
    let underWay = 0;
    let most = 0;
    // The original is called on the queue that the spy was called on.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const original = GPUQueue.prototype.onSubmittedWorkDone;
    vi.spyOn(GPUQueue.prototype, 'onSubmittedWorkDone').mockImplementation(function (this: GPUQueue) {
      most = Math.max(most, ++underWay);
      return original.call(this).then(() => {
        underWay--;
        return undefined;
      });
    });
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const begun = performance.now();
    await program.advance(execution === 'resident' ? 2000 : 300);
    const elapsed = performance.now() - begun;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
    expect(map.mock.calls.length).toBeGreaterThan(0);
    expect(map.mock.calls.length).toBeLessThanOrEqual(elapsed / 16 + 1);
    expect(program.counters.maps).toBe(map.mock.calls.length);
    await program.rows();
    program.dispose();
  });
});

test('10,000 steps without growth: no more GPU buffers than after the first thousand, and every row in order', async () => {
  const live = new Set<GPUBuffer>();
  // The originals are called on what the spies were called on.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const [create, destroy] = [GPUDevice.prototype.createBuffer, GPUBuffer.prototype.destroy];
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = create.call(this, descriptor);
    live.add(buffer);
    return buffer;
  });
  vi.spyOn(GPUBuffer.prototype, 'destroy').mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    destroy.call(this);
  });
  const recipe = recipeOf({ hidden: [4], validateEvery: 50 });
  const program = await engineFor('resident').compile(await requestOf(recipe));
  const { width } = program.layout;
  const counts: number[] = [];
  const isStaging = ({ usage }: GPUBuffer) => (usage & GPUBufferUsage.MAP_READ) !== 0;
  let next = 0;
  for (let part = 0; part < 10; part++) {
    await program.advance(1000);
    const rows = await program.rows(part % 2 === 0 ? 'arrived' : 'all');
    for (let at = 0; at < rows.length; at += width) expect(rows[at]).toBe(next++);
    await program.evaluate('validation');
    await program.checkpoint();
    const staging = [...live].filter(isStaging).length;
    // A busy machine makes the third staging buffer late.
    expect(staging).toBeLessThanOrEqual(3);
    counts.push(live.size - staging);
  }
  expect(next).toBe(10_000);
  expect(program.missed).toBe(0);
  expect(counts.slice(3)).toEqual(Array(7).fill(counts[3]));
  program.dispose();
  expect(live.size).toBe(0);
});
