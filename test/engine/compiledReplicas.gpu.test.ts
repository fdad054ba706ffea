// Replicas of the compiled engine: each trains as a program of its own does, one does not touch another, and many are spread over several programs.
import { afterEach, describe, expect, test } from 'vitest';
import { type CompiledEngine } from '../../src/engine/compiled/gpu/index.ts';
import type { CompileRequest, Replicas } from '../../src/engine/engine.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { recipeOf, requestOf, type Words } from './support.ts';

const common: Words = { hidden: [5, 4], optimizer: 'momentum', validateEvery: 4, dropout: 0.1 };
/** Five runs that differ in all that replicas may differ in. */
const runs: readonly Words[] = [
  { seed: 1 },
  { seed: 2, learningRate: 0.02, clipNorm: 0.3, dropout: 0.5 },
  { seed: 3, momentum: 0.5, l2: 0.01, initialScale: 2, initialBias: 0 },
  { seed: 4, keep: 33, mislabelled: 5, schedule: 'cosine', scheduleSteps: 25, warmUp: 4 },
  {
    seed: 5,
    timeline: [
      { at: 3, by: 'edit', change: { kind: 'push-biases', layer: 1, units: 2, perStep: -0.3, steps: 7 } },
      { at: 12, by: 'edit', change: { kind: 'set', settings: { keep: 20, learningRate: 0.3 } } },
    ],
  },
];
const steps = 40;

const engineFor = compiledEngines();
afterEach(() => {
  for (const engine of executions.map(engineFor)) delete (engine.device as { limits?: unknown }).limits;
});

const requestsOf = (list: readonly Words[]): Promise<CompileRequest[]> =>
  Promise.all(list.map((words) => requestOf(recipeOf({ ...common, ...words }))));

/** Rows of each request trained by a program of its own. */
async function alone(engine: CompiledEngine, requests: readonly CompileRequest[]): Promise<Uint32Array[]> {
  const all: Uint32Array[] = [];
  for (const request of requests) {
    const program = await engine.compile(request);
    await program.advance(steps);
    all.push(await program.rows());
    program.dispose();
  }
  return all;
}

/** Makes a device say that its largest binding is that small. */
function limit(engine: CompiledEngine, maxStorageBufferBindingSize: number): void {
  Object.defineProperty(engine.device, 'limits', {
    configurable: true,
    value: { maxStorageBufferBindingSize },
  });
}

describe.each(executions)('%s', (execution) => {
  test('each of five runs has the rows of a program of its own, bit for bit', async () => {
    const engine = engineFor(execution);
    const requests = await requestsOf(runs);
    const replicas = await engine.compileReplicas(requests);
    expect(replicas.count).toBe(5);
    await replicas.advance(13);
    await replicas.advance(steps - 13);
    expect(replicas.step).toBe(steps);
    expect(await replicas.rows()).toEqual(await alone(engine, requests));
    expect(replicas.missed).toBe(0);
    replicas.dispose();
  });

  test('changed settings of one replica leave the others as they are', async () => {
    const engine = engineFor(execution);
    const requests = await requestsOf(runs);
    const replicas = await engine.compileReplicas(requests);
    await replicas.advance(10);
    // So many entries that the table of settings has to grow.
    const entries = Array.from({ length: 100 }, (_, k) => ({
      at: 10 + Math.floor(k / 4),
      by: 'edit',
      change: { kind: 'scale-rate', factor: 0.99 },
    }));
    const changed = recipeOf({ ...common, ...runs[1], timeline: entries });
    replicas.intervene(1, changed);
    await replicas.advance(steps - 10);
    const expected = requests.map((request, k) => (k === 1 ? { ...request, recipe: changed } : request));
    expect(await replicas.rows()).toEqual(await alone(engine, expected));
    replicas.dispose();
  });

  test('checkpoints are those of each replica, and all go on from them', async () => {
    const engine = engineFor(execution);
    const requests = await requestsOf(runs);
    const replicas = await engine.compileReplicas(requests);
    await replicas.advance(15);
    const checkpoints = await Promise.all(requests.map((_, k) => replicas.checkpoint(k)));
    await replicas.advance(steps - 15);
    const whole = await replicas.rows();
    await replicas.restore(checkpoints);
    expect(replicas.step).toBe(15);
    await replicas.advance(steps - 15);
    const from = 15 * replicas.layout.width;
    expect(await replicas.rows()).toEqual(whole.map((rows) => rows.slice(from)));
    const program = await engine.compile(requests[3]!);
    await program.restore(checkpoints[3]!);
    await program.advance(steps - 15);
    expect(await program.rows()).toEqual(whole[3]!.slice(from));
    program.dispose();
    await expect((async () => replicas.restore(checkpoints.slice(1)))()).rejects.toThrow(/5 checkpoints/);
    replicas.dispose();
  });
});

test.each<readonly [string, Words]>([
  ['hidden', { hidden: [5, 5] }],
  ['activation', { activation: 'tanh' }],
  ['batchNorm', { batchNorm: true }],
  ['batch', { batch: 8 }],
  ['validateEvery', { validateEvery: 5 }],
  ['train', { train: 95 }],
  ['dropout', { dropout: 0 }],
  ['optimizer', { optimizer: 'adam' }],
  ['loss', { loss: 'squared-error' }],
])('runs that differ in %s are refused with its name', async (field, words) => {
  const requests = await requestsOf([{}, {}, words]);
  const refused = engineFor('resident').compileReplicas(requests);
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(new RegExp(`“${field}”.* in numbers 0 and 2`));
});

test('no runs at all are refused', async () => {
  await expect(engineFor('resident').compileReplicas([])).rejects.toThrow(/give at least one/);
});

describe('more replicas than one binding holds', () => {
  /** Five runs in programs of two, two and one. */
  async function spread(): Promise<{
    replicas: Replicas;
    requests: CompileRequest[];
    engine: CompiledEngine;
  }> {
    const engine = engineFor('resident');
    const requests = await requestsOf(runs);
    let size = 4096;
    for (; ; size += 1024) {
      limit(engine, size);
      const one = await engine.compile(requests[0]!).catch(() => undefined);
      one?.dispose();
      if (one) break;
    }
    // One fits into `size`, so two fit into twice that, and three do not.
    limit(engine, 2 * size);
    return { replicas: await engine.compileReplicas(requests), requests, engine };
  }

  test('they are spread over several programs, in the order given, with the rows of programs of their own', async () => {
    const { replicas, requests, engine } = await spread();
    expect(replicas.constructor.name).toContain('Sharded');
    expect(replicas.count).toBe(5);
    await replicas.advance(steps);
    const rows = await replicas.rows();
    expect(rows).toEqual(await alone(engine, requests));
    expect(replicas.counters.steps).toBe(steps);
    expect(replicas.missed).toBe(0);
    const before = await Promise.all(requests.map((_, k) => replicas.checkpoint(k)));
    replicas.intervene(4, recipeOf({ ...common, ...runs[4], timeline: [] }));
    await replicas.advance(5);
    await replicas.restore(before);
    expect(replicas.step).toBe(steps);
    const evaluated = await replicas.evaluate(3, 'validation');
    const program = await engine.compile(requests[3]!);
    await program.restore(before[3]!);
    expect(evaluated).toEqual(await program.evaluate('validation'));
    await expect((async () => replicas.checkpoint(5))()).rejects.toThrow(/replica 5: there are 5/);
    program.dispose();
    replicas.dispose();
  });
});
