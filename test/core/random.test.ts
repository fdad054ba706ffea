// Randomness: the integers that every link depends on, and the distributions made of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash, hashOf, hashStem, normal, streams, uniform, type Stream } from '../../src/core/random.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const stream = fc.constantFrom<Stream>(...Object.values(streams));

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [moments(a), moments(b)];
  const product = a.reduce((sum, value, k) => sum + (value - x.mean) * (b[k]! - y.mean), 0) / a.length;
  return product / Math.sqrt(x.variance * y.variance);
}

const many = 20_000;
const drawn = (draw: (k: number) => number) => Array.from({ length: many }, (_, k) => draw(k));

describe('hash', () => {
  test('gives equal bits for equal arguments: a u32', () => {
    fc.assert(
      fc.property(u32, stream, u32, u32, (seed, name, a, b) => {
        const bits = hash(seed, name, a, b);
        expect(bits).toBe(hash(seed, name, a, b));
        expect(bits).toBe(bits >>> 0);
      }),
    );
  });

  const pinned: [bits: number, ...of: Parameters<typeof hash>][] = [
    [335112171, 0, 1, 0],
    [2399904952, 1, 2, 3, 4],
    [2761853581, 0xffffffff, 8, 0xffffffff, 0xffffffff],
  ];
  test.each(pinned)('gives %i for ever: links depend on it', (bits, ...of) => {
    expect(hash(...of)).toBe(bits);
  });

  test('is its stem with the last argument mixed in', () => {
    fc.assert(
      fc.property(u32, stream, u32, u32, (seed, name, a, b) => {
        expect(hashOf(hashStem(seed, name, a), b)).toBe(hash(seed, name, a, b));
      }),
    );
  });

  test('changes about half of its bits with any one bit of any argument', () => {
    const flips = [0, 1, 2].flatMap((argument) =>
      Array.from({ length: 32 }, (_, bit) => {
        let changed = 0;
        for (let k = 0; k < 200; k++) {
          const before: [number, number, number] = [k, 7 * k, 13 * k];
          const after: [number, number, number] = [...before];
          after[argument] = (after[argument]! ^ (1 << bit)) >>> 0;
          const difference =
            hash(before[0], streams.data, before[1], before[2]) ^
            hash(after[0], streams.data, after[1], after[2]);
          changed += (difference >>> 0).toString(2).replaceAll('0', '').length;
        }
        return changed / 200;
      }),
    );
    expect(Math.min(...flips)).toBeGreaterThan(13);
    expect(Math.max(...flips)).toBeLessThan(19);
  });

  test('names ten streams by ten numbers that no change may renumber', () => {
    expect(streams).toEqual({
      weights: 1,
      data: 2,
      split: 3,
      order: 4,
      dropout: 5,
      production: 6,
      fault: 7,
      mislabel: 8,
      reinitialise: 9,
      backOff: 10,
      teaching: 11,
    });
  });
});

describe('uniform', () => {
  test('lies in [0, 1), exactly in f32', () => {
    fc.assert(
      fc.property(u32, stream, u32, u32, (seed, name, a, b) => {
        const value = uniform(seed, name, a, b);
        expect(value >= 0 && value < 1).toBe(true);
        expect(Math.fround(value)).toBe(value);
      }),
    );
  });

  test.each(Object.entries(streams))('has mean 1/2 and variance 1/12 on the stream %s', (_, name) => {
    const { mean, variance } = moments(drawn((k) => uniform(1, name, k)));
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
  });

  test('is independent of its neighbour, of other seeds and of other streams', () => {
    const base = drawn((k) => uniform(1, streams.data, k));
    const others = [
      drawn((k) => uniform(1, streams.data, k + 1)),
      drawn((k) => uniform(1, streams.data, k, 1)),
      drawn((k) => uniform(2, streams.data, k)),
      drawn((k) => uniform(1, streams.weights, k)),
    ];
    for (const other of others) expect(Math.abs(correlation(base, other))).toBeLessThan(0.03);
  });

  test('gives the pinned values', () => {
    expect(uniform(1, streams.weights, 0)).toBe(0.17130130529403687);
    expect(uniform(42, streams.data, 7, 1000)).toBe(0.30470579862594604);
  });
});

describe('normal', () => {
  test('has mean 0 and variance 1, and stays within ±6', () => {
    const values = drawn((k) => normal(1, streams.data, k));
    const { mean, variance } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(6);
  });

  test('puts 68 % within one standard deviation and 95 % within two', () => {
    const values = drawn((k) => normal(3, streams.data, k));
    const within = (limit: number) => values.filter((value) => Math.abs(value) < limit).length / many;
    expect(within(1)).toBeCloseTo(0.683, 1);
    expect(within(2)).toBeCloseTo(0.954, 1);
  });

  test('draws numbers 0 and 1 of a point independently', () => {
    const [x, y] = [drawn((k) => normal(1, streams.data, k, 0)), drawn((k) => normal(1, streams.data, k, 1))];
    expect(Math.abs(correlation(x, y))).toBeLessThan(0.03);
  });

  test('gives the pinned values', () => {
    expect(normal(1, streams.data, 0)).toBe(-1.046202540397644);
    expect(normal(7, streams.data, 3, 1)).toBe(2.204246401786804);
  });
});
