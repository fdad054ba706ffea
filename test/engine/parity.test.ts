// Plain against tfjs on the CPU: the same recipes, one step at a time and over 100 steps.
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  for (const request of requests) {
    const plain = compilePlain(request);
    const other = await engine.compile(request);
    for (const between of [0, 19, 0]) {
      await train(plain, between);
      await other.restore(await plain.checkpoint());
      const [expected] = await train(plain, 1);
      const [actual] = await train(other, 1);
      const found = differences(expected!, actual!, oneStep);
      const counted = hasNoise(request) ? found.filter((line) => !line.startsWith('update_ratio')) : found;
      expect(counted, JSON.stringify(request.recipe)).toEqual([]);
    }
    other.dispose();
  }
}, 60_000);

test('over 100 steps the losses of well-conditioned runs are the same within 1e-3', async () => {
  let qualified = 0;
  for (const request of requests) {
    const expected = losses(await train(compilePlain(request), longRun.steps));
    if (!(await qualifies(request, expected))) continue;
    qualified++;
    const program = await engine.compile(request);
    const actual = losses(await train(program, longRun.steps));
    expect(largestDifference(expected, actual), JSON.stringify(request.recipe)).toBeLessThan(
      longRun.tolerance,
    );
    program.dispose();
  }
  expect(qualified).toBeGreaterThanOrEqual(leastQualified);
}, 60_000);
