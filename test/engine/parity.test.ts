// Plain against tfjs on the CPU: the same recipes, one step at a time and over 100 steps.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompileRequest, Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { compareRuns, compareSteps } from './comparison.ts';
import { regressionRequest } from './regression.ts';
import { leastQualified, sampleSize, sampleWords } from './sample.ts';
import { recipeOf, requestOf } from './support.ts';

let engine: Engine;
const requests: CompileRequest[] = [];
beforeAll(async () => {
  engine = await createTfjsEngine('cpu');
  for (let k = 0; k < sampleSize; k++) requests.push(await requestOf(recipeOf(sampleWords(k))));
});
afterAll(() => {
  engine.dispose();
});

test('after one step from the same state, fresh or 20 steps old, every signal is the same within 1e-4', async () => {
  for (const request of requests) await compareSteps(engine, request);
}, 60_000);

test('of a run that learns a number every signal and the losses over 100 steps are the same', async () => {
  const request = await regressionRequest();
  await compareSteps(engine, request);
  expect(await compareRuns([engine], request)).toBe(true);
});

test('over 100 steps the losses of well-conditioned runs are the same within 1e-3', async () => {
  let qualified = 0;
  for (const request of requests) if (await compareRuns([engine], request)) qualified++;
  expect(qualified).toBeGreaterThanOrEqual(leastQualified);
}, 60_000);
