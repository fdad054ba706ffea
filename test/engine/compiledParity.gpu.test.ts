// The compiled engine on the GPU against plain (which parity.test.ts compares with tfjs-cpu), over the same generated sample of recipes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCompiledEngine } from '../../src/engine/compiled/gpu/index.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest, Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import {
  hasNoise,
  largestDifference,
  longRun,
  losses,
  oneStep,
  qualifies,
  sampleSize,
  sampleWords,
} from './sample.ts';
import { differences, recipeOf, requestOf, train } from './support.ts';

const leastQualified = 26;
/** Recipes that TensorFlow.js trains on WebGPU as well: all activations, and 0 to 5 hidden layers. */
/** Up to two hidden layers: a deeper network takes tfjs a fifth of a second per step on SwiftShader. All of them are well-conditioned. */
const onTfjs = [0, 1, 2, 7, 8, 9];

const engines = new Map<string, Engine>();
beforeAll(async () => {
  engines.set('resident', await createCompiledEngine({ execution: 'resident' }));
  engines.set('staged', await createCompiledEngine({ execution: 'staged' }));
  engines.set('tfjs-webgpu', await createTfjsEngine('webgpu'));
});
afterAll(() => {
  for (const engine of engines.values()) engine.dispose();
});

/** One step at a time, from the states that plain goes through: fresh, 20 steps old, and the one after. */
async function compareSteps(engine: Engine, request: CompileRequest): Promise<void> {
  const plain = compilePlain(request);
  const other = await engine.compile(request);
  for (const between of [0, 19, 0]) {
    await train(plain, between);
    if (plain.step > 0) await other.restore(await plain.checkpoint());
    const [expected] = await train(plain, 1);
    const [actual] = await train(other, 1);
    const found = differences(expected!, actual!, oneStep);
    const counted = hasNoise(request) ? found.filter((line) => !line.startsWith('update_ratio')) : found;
    expect(counted, `${engine.id}: ${JSON.stringify(request.recipe)}`).toEqual([]);
  }
  other.dispose();
}

/** A run in one piece, so that the GPU takes several steps at a time. */
async function compareRuns(
  engine: Engine,
  request: CompileRequest,
  expected: readonly number[],
): Promise<void> {
  const program = await engine.compile(request);
  const actual = losses(await train(program, longRun.steps));
  expect(actual).toHaveLength(expected.length);
  const apart = largestDifference(expected, actual);
  expect(apart, `${engine.id}: ${JSON.stringify(request.recipe)}`).toBeLessThan(longRun.tolerance);
  program.dispose();
}

describe('resident = staged = plain', () => {
  let qualified = 0;
  const numbers = Array.from({ length: sampleSize }, (_, k) => k);

  test.each(numbers)('recipe %i of the sample, after one step and over 100', async (k) => {
    const request = await requestOf(recipeOf(sampleWords(k)));
    const compiled = [engines.get('resident')!, engines.get('staged')!];
    for (const engine of compiled) await compareSteps(engine, request);
    const expected = losses(await train(compilePlain(request), longRun.steps));
    if (!(await qualifies(request, expected))) return;
    qualified++;
    for (const engine of compiled) await compareRuns(engine, request, expected);
  });

  test('most recipes are well-conditioned, so that their losses over 100 steps count', () => {
    expect(qualified).toBeGreaterThanOrEqual(leastQualified);
  });
});

describe('tfjs-webgpu = plain', () => {
  test.each(onTfjs)('recipe %i of the sample, after one step and over 100', async (k) => {
    const [engine, request] = [engines.get('tfjs-webgpu')!, await requestOf(recipeOf(sampleWords(k)))];
    await compareSteps(engine, request);
    const expected = losses(await train(compilePlain(request), longRun.steps));
    expect(await qualifies(request, expected)).toBe(true);
    await compareRuns(engine, request, expected);
  });
});
