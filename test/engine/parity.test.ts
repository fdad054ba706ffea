// Plain against tfjs on the CPU: the same recipes, one step at a time and over 100 steps.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompileRequest, Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { comparableLosses, compareWithPlain } from './comparison.ts';
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

test('after one step from the same state every signal is the same within 1e-4, over 100 steps the losses of well-conditioned runs within 1e-3', async () => {
  let qualified = 0;
  for (const request of requests) {
    const expected = await comparableLosses(request);
    await compareWithPlain(engine, request, expected);
    if (expected) qualified++;
  }
  expect(qualified).toBeGreaterThanOrEqual(leastQualified);
}, 60_000);

test('of a run that learns a number every signal and the losses over 100 steps are the same', async () => {
  const request = await regressionRequest();
  const expected = await comparableLosses(request);
  expect(expected).toBeDefined();
  await compareWithPlain(engine, request, expected);
});
