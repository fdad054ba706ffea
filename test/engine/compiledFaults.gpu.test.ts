// Bad input and broken devices: the compiled engine trains correctly or says what stands in the way, and never hangs.
import { afterEach, describe, expect, test } from 'vitest';
import { createCompiledEngine } from '../../src/engine/compiled/gpu/index.ts';
import { makeLayouts, makePipeline, makeSteps } from '../../src/engine/compiled/gpu/pipelines.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import { EngineUnavailable } from '../../src/engine/engine.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { oneStep } from './sample.ts';
import { differences, recipeOf, requestOf, train, type Words } from './support.ts';

const engineFor = compiledEngines();
afterEach(() => {
  for (const engine of executions.map(engineFor)) delete (engine.device as { limits?: unknown }).limits;
});

const unusual: readonly (readonly [string, Words])[] = [
  ['no hidden layer', { hidden: [] }],
  ['a batch larger than the data', { train: 7, batch: 20 }],
  ['a batch larger than the examples kept', { keep: 3, batch: 20 }],
  ['one unit', { hidden: [1] }],
  ['one unit with batch norm', { hidden: [1, 1], batchNorm: true }],
  ['one example kept', { keep: 1 }],
  ['a batch of one', { batch: 1 }],
  ['a batch of one with batch norm', { batch: 1, batchNorm: true }],
  ['one example', { train: 1, validation: 1, batch: 1 }],
  ['all examples mislabelled', { mislabelled: 96 }],
  ['ten classes', { data: 'blobs', classes: 10, loss: 'softmax-cross-entropy' }],
  ['a rate of 0', { learningRate: 0 }],
  ['initial weights of 0', { initialScale: 0 }],
];

describe.each(executions)('%s', (execution) => {
  test.each(unusual)('%s trains as in plain', async (_name, words) => {
    const request = await requestOf(recipeOf({ hidden: [5], ...words }));
    const plain = compilePlain(request);
    const program = await engineFor(execution).compile(request);
    for (const between of [0, 8]) {
      await train(plain, between);
      await program.restore(await plain.checkpoint());
      const [expected, actual] = [await train(plain, 1), await train(program, 1)];
      expect(differences(expected[0]!, actual[0]!, oneStep)).toEqual([]);
    }
    program.dispose();
  });

  test('a network beyond the largest binding is refused with the limit, its value and the need', async () => {
    const engine = engineFor(execution);
    const request = await requestOf(recipeOf({ hidden: [512, 512], batch: 64 }));
    Object.defineProperty(engine.device, 'limits', {
      configurable: true,
      value: { maxStorageBufferBindingSize: 2 * 1024 * 1024 },
    });
    const refused = engine.compile(request);
    await expect(refused).rejects.toThrow(EngineUnavailable);
    await expect(refused).rejects.toThrow(
      /network needs [\d.]+ MB.*at most 2.0 MB.*maxStorageBufferBindingSize/,
    );
    await expect(engine.compileReplicas([request, request])).rejects.toThrow(
      /needs [\d.]+ MB.*at most 2.0 MB/,
    );
  });

  test('data beyond the largest binding are refused likewise', async () => {
    const engine = engineFor(execution);
    const request = await requestOf(recipeOf({ hidden: [1], train: 16_000 }));
    const value = { maxStorageBufferBindingSize: 128 * 1024 };
    Object.defineProperty(engine.device, 'limits', { configurable: true, value });
    await expect(engine.compile(request)).rejects.toThrow(
      /data needs 0.1 MB.*at most 0.1 MB.*fewer examples/,
    );
  });

  test('a device destroyed in mid-run: lost resolves, what waits rejects, and what was read stays', async () => {
    const engine = await createCompiledEngine({ execution });
    const program = await engine.compile(await requestOf(recipeOf()));
    await program.advance(10);
    const [read, unread] = [program.keep(), program.keep()];
    const checkpoint = await read.read();
    const advanced = Promise.resolve(program.advance(5000)).catch((error: unknown) => error);
    const waiting = [program.rows(), unread.read(), program.evaluate('train')];
    const results = Promise.allSettled(waiting);
    engine.device.destroy();
    expect(await engine.lost).toMatch(/device was lost \(destroyed/);
    for (const result of await results) expect(result.status).toBe('rejected');
    expect(String(await advanced)).toMatch(/device was lost/);
    expect(await read.read()).toBe(checkpoint);
    await expect((async () => program.advance(1))()).rejects.toThrow(/device was lost/);
    await expect((async () => program.rows())()).rejects.toThrow(/device was lost/);
    await expect((async () => program.checkpoint())()).rejects.toThrow(/device was lost/);
    await expect((async () => engine.compile(await requestOf(recipeOf())))()).rejects.toThrow(
      /device was lost/,
    );
    const plain = compilePlain(await requestOf(recipeOf()));
    await plain.restore(checkpoint);
    expect(await train(plain, 1)).toHaveLength(1);
    read.dispose();
    program.dispose();
    engine.dispose();
  });

  test('a program disposed of in mid-run rejects what waits, and the engine goes on', async () => {
    const engine = engineFor(execution);
    const program = await engine.compile(await requestOf(recipeOf()));
    const advanced = Promise.resolve(program.advance(3000)).catch((error: unknown) => error);
    const waiting = Promise.allSettled([program.rows(), program.evaluate('train')]);
    program.dispose();
    program.dispose();
    expect(String(await advanced)).toMatch(/disposed of/);
    await waiting;
    await expect((async () => program.rows())()).rejects.toThrow(/disposed of/);
    const other = await engine.compile(await requestOf(recipeOf()));
    expect(await train(other, 3)).toHaveLength(3);
    other.dispose();
  });
});

describe('a shader that does not compile', () => {
  const broken =
    'fn helper() -> f32 { return 1.0; }\n@compute @workgroup_size(1)\nfn train() { let a = nothing; }\n';

  test('is a message with the line, and the device stays usable', async () => {
    const engine = engineFor('resident');
    const { device } = engine;
    const uncaptured: string[] = [];
    const listen = ({ error }: GPUUncapturedErrorEvent) => uncaptured.push(error.message);
    device.addEventListener('uncapturederror', listen);
    const { main } = makeLayouts(device);
    const made = makePipeline(device, [main], 'broken', broken, 'train');
    await expect(made).rejects.toThrow(/“broken” does not compile: .*nothing.* in “fn train/s);
    const steps = makeSteps(device, [main], 'broken steps', {
      code: broken,
      dispatches: [{ id: 'one', entry: 'train', workgroups: 1 }],
    });
    await expect(steps).rejects.toThrow(/“broken steps” does not compile/);
    await device.queue.onSubmittedWorkDone();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(uncaptured).toEqual([]);
    const program = await engine.compile(await requestOf(recipeOf()));
    expect(await train(program, 2)).toHaveLength(2);
    program.dispose();
    device.removeEventListener('uncapturederror', listen);
  });

  test('nor is an entry point that is missing an uncaptured error', async () => {
    const { device } = engineFor('resident');
    const { main } = makeLayouts(device);
    const code = '@compute @workgroup_size(1)\nfn other() {}\n';
    await expect(makePipeline(device, [main], 'no entry', code, 'train')).rejects.toThrow();
    const program = await engineFor('resident').compile(await requestOf(recipeOf()));
    expect(await train(program, 1)).toHaveLength(1);
    program.dispose();
  });
});
