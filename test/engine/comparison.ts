// Plain against any other engine: signal by signal after one step from the same state, and losses over a long run.
import { expect } from 'vitest';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest, Engine } from '../../src/engine/engine.ts';
import { hasNoise, largestDifference, longRun, losses, oneStep, qualifies } from './sample.ts';
import { differences, train } from './support.ts';

/** One step at a time, from the states that plain goes through: fresh, 20 steps old, and the one after. */
export async function compareSteps(engine: Engine, request: CompileRequest): Promise<void> {
  const plain = compilePlain(request);
  const other = await engine.compile(request);
  for (const between of [0, 19, 0]) {
    await train(plain, between);
    // A fresh program must agree by itself.
    if (plain.step > 0) await other.restore(await plain.checkpoint());
    const [expected] = await train(plain, 1);
    const [actual] = await train(other, 1);
    const found = differences(expected!, actual!, oneStep);
    const counted = hasNoise(request) ? found.filter((line) => !line.startsWith('update_ratio')) : found;
    expect(counted, `${engine.id}: ${JSON.stringify(request.recipe)}`).toEqual([]);
  }
  other.dispose();
}

/**
 * A run in one piece, so that a GPU takes several steps at a time.
 *
 * @returns false where the run is too ill-conditioned for its losses to be compared
 */
export async function compareRuns(engines: readonly Engine[], request: CompileRequest): Promise<boolean> {
  const expected = losses(await train(compilePlain(request), longRun.steps));
  if (!(await qualifies(request, expected))) return false;
  for (const engine of engines) {
    const program = await engine.compile(request);
    const actual = losses(await train(program, longRun.steps));
    expect(actual).toHaveLength(expected.length);
    const apart = largestDifference(expected, actual);
    expect(apart, `${engine.id}: ${JSON.stringify(request.recipe)}`).toBeLessThan(longRun.tolerance);
    program.dispose();
  }
  return true;
}
