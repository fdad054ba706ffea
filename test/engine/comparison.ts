// Plain against any other engine: signal by signal after one step from the same state, and losses over a long run.
import { expect } from 'vitest';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest, Engine, Program, StepDetail } from '../../src/engine/engine.ts';
import { hasNoise, largestDifference, longRun, losses, oneStep, qualifies } from './sample.ts';
import { differences, train } from './support.ts';

const levels = ['per-layer-gradients', 'per-neuron', 'per-weight'] as const;

/**
 * Largest difference between two lists of numbers ÷ the largest number: 0 where both are the same, bits that are not finite included.
 *
 * @param least the largest number counts as this at least: means of activations about 1 cancel to next to nothing under batch norm
 */
function apart(expected: Float32Array, actual: Float32Array, least: number): number {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  return (
    expected.reduce(
      (most, value, k) => (Object.is(value, actual[k]) ? most : Math.max(most, Math.abs(value - actual[k]!))),
      0,
    ) / largest
  );
}

/** What each telemetry level reads back of the last step. Where biases have gradients of pure noise, Adam makes steps of it. */
async function compareDetails(plain: Program, other: Program, isNoisy: boolean): Promise<void> {
  for (const level of levels) {
    const [expected, actual] = [await plain.detail(level), await other.detail(level)];
    for (const part of Object.keys(expected) as (keyof StepDetail)[]) {
      if (part === 'parameters' && isNoisy) continue;
      const least = part === 'activations' ? 0.1 : 1e-3;
      expect(apart(expected[part], actual[part], least), `${level}: ${part}`).toBeLessThan(oneStep.relative);
    }
  }
}

/** One step at a time, from the states that plain goes through: fresh, 20 steps old, and the one after. */
async function compareSteps(other: Program, request: CompileRequest, label: string): Promise<void> {
  const plain = compilePlain(request);
  for (const between of [0, 19, 0]) {
    await train(plain, between);
    // A fresh program must agree by itself.
    if (plain.step > 0) await other.restore(await plain.checkpoint());
    const [expected] = await train(plain, 1);
    const [actual] = await train(other, 1);
    const found = differences(expected!, actual!, oneStep);
    const counted = hasNoise(request) ? found.filter((line) => !line.startsWith('update_ratio')) : found;
    expect(counted, label).toEqual([]);
    await compareDetails(plain, other, hasNoise(request));
  }
}

/** Plain's losses over a long run; undefined where it is too ill-conditioned for them to be compared. */
export async function comparableLosses(request: CompileRequest): Promise<readonly number[] | undefined> {
  const expected = losses(await train(compilePlain(request), longRun.steps));
  return (await qualifies(request, expected)) ? expected : undefined;
}

/**
 * An engine against plain: after one step, and over a run in one piece, so that a GPU takes several steps at a time. Compiled once, for on a
 * software adapter that takes longer than to train.
 *
 * @param expected of `comparableLosses`; without it there is no long run
 */
export async function compareWithPlain(
  engine: Engine,
  request: CompileRequest,
  expected?: readonly number[],
): Promise<void> {
  const label = `${engine.id}: ${JSON.stringify(request.recipe)}`;
  const other = await engine.compile(request);
  await compareSteps(other, request, label);
  if (expected) {
    await other.restore(await compilePlain(request).checkpoint());
    const actual = losses(await train(other, longRun.steps));
    expect(actual, label).toHaveLength(expected.length);
    expect(largestDifference(expected, actual), label).toBeLessThan(longRun.tolerance);
  }
  other.dispose();
}
