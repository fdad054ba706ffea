// The compiled engine on the GPU against plain (which parity.test.ts compares with tfjs-cpu), over the same generated sample of recipes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { comparableLosses, compareWithPlain } from './comparison.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { regressionRequest } from './regression.ts';
import { leastQualified, sampleSize, sampleWords } from './sample.ts';
import { recipeOf, requestOf } from './support.ts';

/** Recipes that tfjs trains on WebGPU as well: a deeper network takes it a fifth of a second per step on SwiftShader. All are well-conditioned. */
const onTfjs = [0, 2, 7, 9];

const engineFor = compiledEngines();

/** Every sixth recipe on both executions, the others on one of them in turn: each takes seconds to compile on a software adapter. */
function executionsFor(recipe: number): readonly (typeof executions)[number][] {
  if (recipe % 6 === 0) return executions;
  const turn = recipe % 3 === 0 ? Math.floor(recipe / 6) % 2 : (recipe % 3) - 1;
  return executions.filter((_, k) => k === turn);
}

let qualified = 0;

/** Two at once: a kernel compiles on a thread of its own, and each test has its own programs. */
describe.concurrent('resident = staged = plain', () => {
  const numbers = Array.from({ length: sampleSize }, (_, k) => k);

  test.each(numbers)('recipe %i of the sample, after one step and over 100', async (k) => {
    const request = await requestOf(recipeOf(sampleWords(k)));
    const expected = await comparableLosses(request);
    for (const execution of executionsFor(k)) await compareWithPlain(engineFor(execution), request, expected);
    if (expected) qualified++;
  });
});

test('a run that learns a number: resident = staged = plain, after one step and over 100', async () => {
  const request = await regressionRequest();
  const expected = await comparableLosses(request);
  expect(expected).toBeDefined();
  for (const execution of executions) await compareWithPlain(engineFor(execution), request, expected);
});

test('most recipes are well-conditioned, so that their losses over 100 steps count', () => {
  expect(qualified).toBeGreaterThanOrEqual(leastQualified);
});

describe('tfjs-webgpu = plain', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine('webgpu');
  });
  afterAll(() => {
    engine.dispose();
  });

  test('a run that learns a number, after one step', async () => {
    await compareWithPlain(engine, await regressionRequest());
  });

  test.each(onTfjs)('recipe %i of the sample, after one step and over 100', async (k) => {
    const request = await requestOf(recipeOf(sampleWords(k)));
    const expected = await comparableLosses(request);
    expect(expected).toBeDefined();
    await compareWithPlain(engine, request, expected);
  });
});
