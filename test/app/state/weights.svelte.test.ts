// The course of single weights: bounded, spread over all steps watched, and never without the newest value.
import { expect, test } from 'vitest';
import { mostSamples, Weights } from '../../../src/app/state/weights.svelte.ts';

/** Two weights whose values are the step and its negative. */
function history(first: number, count: number, every = 1) {
  const steps = Uint32Array.from({ length: count }, (_, k) => first + k * every);
  return {
    steps,
    values: Float32Array.from([...steps].flatMap((step) => [step, -step])),
    count: 2,
    total: 5,
  };
}

test('samples stand at their steps, with the values of each weight', () => {
  const weights = new Weights();
  weights.take(history(10, 3));
  expect(weights.steps).toEqual([10, 11, 12]);
  expect([...weights.of(1)]).toEqual([-10, -11, -12]);
  expect([weights.count, weights.total, weights.version]).toEqual([2, 5, 0]);
});

test('however long the run, there are at most so many samples, from the first step to the newest', () => {
  const weights = new Weights();
  for (let first = 0; first < 20_000; first += 15) weights.take(history(first, 15));
  const { steps } = weights;
  expect(steps.length).toBeGreaterThan(mostSamples / 2);
  expect(steps.length).toBeLessThanOrEqual(mostSamples + 1);
  expect([steps[0], steps.at(-1)]).toEqual([0, weights.latest(0)]);
  expect([...weights.of(0)]).toEqual([...steps]);
  const gaps = steps.slice(1, -1).map((step, index) => step - (steps[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
});

test('another number of weights is another network: it begins anew', () => {
  const weights = new Weights();
  weights.take(history(0, 9));
  weights.take({ steps: Uint32Array.of(9), values: Float32Array.of(1, 2, 3), count: 3, total: 3 });
  expect(weights.steps).toEqual([9]);
  expect([...weights.of(2)]).toEqual([3]);
});
