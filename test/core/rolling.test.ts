// The rolling mean: of the last finite values, and of nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RollingMean } from '../../src/core/rolling.ts';

function meanOf(size: number, values: readonly number[]): RollingMean {
  const rolling = new RollingMean(size);
  for (const value of values) rolling.push(value);
  return rolling;
}

test('is the mean of the last values that were finite', () => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(NaN, Infinity, -Infinity),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.array(value, { maxLength: 200 }), (size, values) => {
      const last = values.filter(Number.isFinite).slice(-size);
      const rolling = meanOf(size, values);
      expect(rolling.count).toBe(last.length);
      const expected = last.reduce((sum, each) => sum + each, 0) / last.length;
      if (last.length === 0) expect(rolling.mean).toBeNaN();
      else expect(Math.abs(rolling.mean - expected)).toBeLessThan(1e-8);
    }),
  );
});

test('forgets a spike of 1e30 without a trace', () => {
  expect(meanOf(3, [1e30, 0.1, 0.1, 0.1]).mean).toBeCloseTo(0.1, 15);
});

test('leaves NaN and infinity out: neither value nor count changes', () => {
  const rolling = meanOf(5, [1, NaN, 3, Infinity, -Infinity]);
  expect([rolling.mean, rolling.count]).toEqual([2, 2]);
});

test('is NaN while nothing was pushed', () => {
  expect(new RollingMean(5).mean).toBeNaN();
});
