// The rolling spread: mean and deviation of the last finite values, and of nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RollingSpread } from '../../src/core/rollingSpread.ts';

function spreadOf(size: number, values: readonly number[]): RollingSpread {
  const spread = new RollingSpread(size);
  for (const value of values) spread.push(value);
  return spread;
}

test('is the mean and the deviation of the last values that were finite', () => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(NaN, Infinity, -Infinity),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.array(value, { maxLength: 200 }), (size, values) => {
      const last = values.filter(Number.isFinite).slice(-size);
      const spread = spreadOf(size, values);
      expect(spread.count).toBe(last.length);
      const mean = last.reduce((sum, each) => sum + each, 0) / last.length;
      const squares = last.reduce((sum, each) => sum + (each - mean) ** 2, 0);
      if (last.length === 0) expect(spread.mean).toBeNaN();
      else expect(Math.abs(spread.mean - mean)).toBeLessThan(1e-8);
      if (last.length < 2) expect(spread.deviation).toBeNaN();
      else expect(Math.abs(spread.deviation - Math.sqrt(squares / (last.length - 1)))).toBeLessThan(1e-6);
    }),
  );
});

test('divides by one less than the values', () => {
  expect(spreadOf(4, [9, 1, 2, 3, 4]).mean).toBe(2.5);
  expect(spreadOf(4, [9, 1, 2, 3, 4]).deviation).toBeCloseTo(Math.sqrt(5 / 3), 15);
});

test('of equal values the mean is that value and the deviation 0, without a trace of rounding', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 });
  fc.assert(
    fc.property(value, fc.integer({ min: 2, max: 200 }), (each, count) => {
      const spread = spreadOf(128, Array<number>(count).fill(each));
      expect(spread.mean - each).toBe(0);
      expect(spread.deviation).toBe(0);
    }),
  );
});

test('forgets a spike of 1e30 without a trace', () => {
  const spread = spreadOf(3, [1e30, 0.1, 0.2, 0.3]);
  expect(spread.mean).toBeCloseTo(0.2, 15);
  expect(spread.deviation).toBeCloseTo(0.1, 15);
});

test('leaves NaN and infinity out: neither values nor count change', () => {
  const spread = spreadOf(5, [1, NaN, 3, Infinity, -Infinity]);
  expect([spread.mean, spread.deviation, spread.count]).toEqual([2, Math.SQRT2, 2]);
});
