// Vanishing gradient: the first layer's share of the last one's, averaged over fifty steps by its logarithm.
import { describe, expect, test } from 'vitest';
import { vanishingGradient } from '../../src/detectors/vanishingGradient.ts';
import { context, eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const ratio = (value: number): Values => ({ gradient_norm_ratio: value });
const many = (count: number, value: number) => repeat(count, () => ratio(value));

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(vanishingGradient, rowsOf(rows), overrides));
}

describe('a share of the gradient', () => {
  test('under the limit fires with the fiftieth step, and not before', () => {
    expect(says(many(49, 0.1))).toEqual([]);
    expect(says(many(200, 0.1))).toEqual(['firing@49']);
  });

  test('at the limit or above it, however long, does not', () => {
    expect(says(many(300, 0.16))).toEqual([]);
    expect(says(many(300, 40))).toEqual([]);
  });

  test('of a single batch says little', () => {
    expect(says([...many(60, 1), ratio(1e-9), ...many(60, 1)])).toEqual([]);
  });

  test('is over above twice the limit, and not just above it', () => {
    expect(says([...many(50, 0.1), ...many(100, 0.2)])).toEqual(['firing@49']);
    const [, over] = says([...many(50, 0.1), ...many(100, 1), ...many(10, 0.2)]);
    expect(over).toMatch(/^resolved@[67]\d$/);
  });

  test('of 0 is the least of all: the first layer gets nothing', () => {
    const [finding] = findingsOf(eventsOf(vanishingGradient, rowsOf(many(50, 0))));
    expect(finding?.evidence[0].value).toBeCloseTo(1e-12, 20);
  });

  test.each([NaN, Infinity, -Infinity])('of %d counts for nothing', (value) => {
    expect(says(many(300, value))).toEqual([]);
    expect(says(many(100, 0.1).flatMap((row) => [row, ratio(value)]))).toEqual(['firing@98']);
  });

  test('vanishes in no network of a single hidden layer', () => {
    const shallow = { ...context, hiddenLayers: 1 };
    expect(eventsOf(vanishingGradient, rowsOf(many(100, 1e-6)), {}, shallow)).toEqual([]);
  });

  test('is judged by the threshold of the recipe', () => {
    expect(says(many(60, 0.1), { 'vanishing-gradient.ratio': 0.05 })).toEqual([]);
    expect(says(many(60, 0.04), { 'vanishing-gradient.ratio': 0.05 })).toEqual(['firing@49']);
  });
});

test('what was seen is told with its numbers, from the first step of the average on', () => {
  const [finding] = findingsOf(eventsOf(vanishingGradient, rowsOf([...many(30, 1), ...many(90, 0.001)])));
  expect(finding).toMatchObject({ at: 49, onset: 0 });
  expect(finding?.evidence[0]).toMatchObject({ signal: 'gradient_norm_ratio', threshold: 0.15 });
  expect(vanishingGradient.observation(finding!)).toBe(
    'The first layer’s gradient is 0.063× the last layer’s (limit 0.15×).',
  );
});
