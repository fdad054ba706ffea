// Which checkpoints of a long run are kept: near ones all, far ones evenly, and never more than there is room for.
import { expect, test } from 'vitest';
import { keepNow } from '../../src/engine/engine.ts';
import { Checkpoints } from '../../src/worker/checkpoints.ts';

const every = 64;
const most = 48;

/** The checkpoints of a run of so many steps, a few of them needed. */
async function after(steps: number, needed: readonly number[] = []) {
  const checkpoints = new Checkpoints();
  const regions = new Map([['weights.1', new Float32Array(8)]]);
  for (let step = 0; step <= steps; step += every) {
    await checkpoints.add(keepNow(step, Promise.resolve({ step, regions })));
    checkpoints.settle(step, true, (at) => needed.includes(at));
  }
  return checkpoints.steps;
}

test.each([3000, 10_000, 20_000])('of %d steps no stretch is without one for long', async (steps) => {
  const kept = await after(steps);
  expect(kept.length).toBeLessThanOrEqual(most);
  expect([kept[0], kept.at(-1)]).toEqual([0, Math.floor(steps / every) * every]);
  const gaps = kept.slice(1).map((step, index) => step - kept[index]!);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.max(every, (4 * steps) / most));
  expect(gaps.slice(-most / 2 + 1).every((gap) => gap === every)).toBe(true);
});

test('one that the timeline rewinds to stays', async () => {
  expect(await after(20_000, [64, 1984])).toEqual(expect.arrayContaining([64, 1984]));
});
