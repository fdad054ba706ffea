// The keyed permutation: a bijection of any [0, n), another one for every key.
import { expect, test } from 'vitest';
import { permuted } from '../../src/core/permutation.ts';
import { streams } from '../../src/core/random.ts';

const sizes = [1, 2, 3, 10, 100, 2000, 16_000, ...[2, 4, 5, 8, 10, 12].flatMap(around)];

function around(exponent: number): readonly number[] {
  return [2 ** exponent - 1, 2 ** exponent, 2 ** exponent + 1];
}

function order(n: number, seed: number, key: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => permuted(index, n, seed, streams.order, key));
}

test.each(sizes)('visits each of %i places exactly once', (n) => {
  for (const seed of [0, 1, 0xffffffff]) {
    expect([...order(n, seed, 3)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
  }
});

test('is the same for the same seed, stream and key', () => {
  expect(order(1000, 5, 2)).toEqual(order(1000, 5, 2));
});

test('differs between keys, seeds and streams', () => {
  const base = order(100, 1, 0);
  expect(order(100, 1, 1)).not.toEqual(base);
  expect(order(100, 2, 0)).not.toEqual(base);
  expect(base.map((_, index) => permuted(index, 100, 1, streams.split, 0))).not.toEqual(base);
});

test('takes no place twice as often as another over many keys', () => {
  const n = 10;
  const keys = 5000;
  const hits = new Uint32Array(n * n);
  for (let key = 0; key < keys; key++) {
    order(n, 1, key).forEach((place, index) => hits[index * n + place]!++);
  }
  expect(Math.min(...hits)).toBeGreaterThan((0.75 * keys) / n);
  expect(Math.max(...hits)).toBeLessThan((1.25 * keys) / n);
});

test('gives the pinned order: links depend on it', () => {
  expect(order(10, 1, 0)).toEqual([7, 8, 3, 4, 1, 2, 9, 0, 6, 5]);
  expect(permuted(1234, 16_000, 99, streams.split, 0)).toBe(8376);
});
