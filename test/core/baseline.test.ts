// The baseline: what a noisy series usually is, hardly moved by a few wild values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Baseline } from '../../src/core/baseline.ts';
import { normal, streams } from '../../src/core/random.ts';

const [memory, settled, floor] = [40, 20, 0.02];

function baselineOf(values: readonly number[]): Baseline {
  const baseline = new Baseline(memory, settled, floor);
  for (const value of values) baseline.push(value);
  return baseline;
}

const noise = (count: number, seed = 1) =>
  Array.from({ length: count }, (_, k) => 5 + normal(seed, streams.data, k));

describe('the mean', () => {
  test('is NaN before the first value, and then that value', () => {
    expect(new Baseline(memory, settled, floor).mean).toBeNaN();
    expect(baselineOf([7]).mean).toBe(7);
  });

  test('is the plain mean while the memory fills, of values that are not wild', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: settled }), (values) => {
        const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
        expect(Math.abs(baselineOf(values).mean - mean)).toBeLessThan(1e-12);
      }),
    );
  });

  test('forgets: after a memory of steps on a new level about a third of the way is left', () => {
    const level = Array<number>(1000).fill(1);
    const steps = Array<number>(memory).fill(1.06);
    expect((1.06 - baselineOf([...level, ...steps]).mean) / 0.06).toBeCloseTo(Math.exp(-1), 1);
  });

  test('lies among the values, whatever they are', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const { mean } = baselineOf(values);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
        expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
      }),
    );
  });
});

describe('the deviation', () => {
  test('is about that of the noise', () => {
    for (const seed of [1, 2, 3]) {
      const { mean, deviation } = baselineOf(noise(2000, seed));
      expect(Math.abs(mean - 5)).toBeLessThan(0.5);
      expect(deviation).toBeGreaterThan(0.7);
      expect(deviation).toBeLessThan(1.3);
    }
  });

  test('of a series that falls steadily is that of its noise, not of its fall', () => {
    const falling = noise(500).map((value, k) => value - 0.5 * k);
    expect(baselineOf(falling).deviation).toBeGreaterThan(0.7);
    expect(baselineOf(falling).deviation).toBeLessThan(1.5);
  });

  test('is at least the floor, of a constant series and before there is any', () => {
    expect(new Baseline(memory, settled, floor).deviation).toBe(floor);
    expect(baselineOf(Array<number>(500).fill(3)).deviation).toBe(floor);
  });
});

describe('a wild value', () => {
  test('moves the mean by three deviations’ worth at most, once settled', () => {
    const before = baselineOf(noise(500));
    const after = baselineOf([...noise(500), 1e30]);
    expect(after.mean - before.mean).toBeGreaterThan((3 * 0.7) / memory);
    expect(after.mean - before.mean).toBeLessThan((3 * 1.5) / memory);
    expect(after.deviation).toBeLessThan(1.2 * before.deviation);
  });

  test('has to come many times before it is the usual', () => {
    const steps = (count: number) => baselineOf([...noise(500), ...Array<number>(count).fill(100)]).mean;
    expect(steps(5)).toBeLessThan(8);
    expect(steps(500)).toBeGreaterThan(90);
  });

  test.each([NaN, Infinity, -Infinity])(
    'of %d is none: nothing changes, nor is it settled sooner',
    (value) => {
      const values = noise(19);
      const [with_, without] = [baselineOf(values.flatMap((each) => [each, value])), baselineOf(values)];
      expect([with_.mean, with_.deviation, with_.isSettled]).toEqual([
        without.mean,
        without.deviation,
        without.isSettled,
      ]);
    },
  );

  test('of any size leaves numbers that are finite', () => {
    const value = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(3.4e38, -3.4e38),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 100 }), (values) => {
        const { mean, deviation } = baselineOf(values);
        expect([mean, deviation].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

test('is settled from the twentieth value on', () => {
  expect(baselineOf(noise(19)).isSettled).toBe(false);
  expect(baselineOf(noise(20)).isSettled).toBe(true);
});
