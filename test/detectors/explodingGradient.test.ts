// Exploding gradient: a norm above 5, averaged over three steps by its logarithm.
import { describe, expect, test } from 'vitest';
import { explodingGradient } from '../../src/detectors/explodingGradient.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told } from './rows.ts';

const norms = (...values: readonly number[]) => values.map((value) => ({ gradient_norm: value }));
const events = (values: readonly number[], overrides?: Readonly<Record<string, number>>) =>
  eventsOf(explodingGradient, rowsOf(norms(...values)), overrides);
const says = (values: readonly number[], overrides?: Readonly<Record<string, number>>) =>
  told(events(values, overrides));

describe('a gradient norm', () => {
  test('above the limit fires with the third step, and not before', () => {
    expect(says([6, 6])).toEqual([]);
    expect(says([6, 6, 6, 6])).toEqual(['firing@2']);
  });

  test('at the limit, however long, does not', () => {
    expect(says(Array<number>(100).fill(4.99))).toEqual([]);
  });

  test('of one batch that is 100 times the others is no explosion', () => {
    expect(says([1, 1, 1, 100, 1, 1, 1])).toEqual([]);
  });

  test('that explodes in mid-run fires within three steps', () => {
    expect(says([1, 1, 1, 1, 30, 30, 30])).toEqual(['firing@5']);
  });

  test('is over when its average is under half the limit, and not where it is under the limit alone', () => {
    expect(says([6, 6, 6, 3, 3, 3, 3, 6, 6, 6])).toEqual(['firing@2']);
    expect(says([6, 6, 6, 2, 2, 2, 6, 6, 6])).toEqual(['firing@2', 'resolved@5', 'firing@8']);
  });

  test('of NaN counts for nothing', () => {
    expect(says([NaN, 6, NaN, 6, NaN, 6, NaN])).toEqual(['firing@5']);
    expect(says([6, 6, 6, NaN, NaN, NaN, NaN])).toEqual(['firing@2']);
    expect(says(Array<number>(50).fill(NaN))).toEqual([]);
  });

  test('of infinity is one as any other, and the evidence stays a number', () => {
    const [finding] = findingsOf(events([1, 1, Infinity]));
    expect(finding).toMatchObject({ at: 2, onset: 0 });
    expect(finding?.evidence[0].value).toBeCloseTo(1e10, -5);
  });

  test('is judged by the threshold of the recipe', () => {
    const overrides = { 'exploding-gradient.norm': 50 };
    expect(says([6, 6, 6], overrides)).toEqual([]);
    expect(says([60, 60, 60], overrides)).toEqual(['firing@2']);
  });
});

test('what was seen is told with its numbers, from the first step of the average on', () => {
  const [finding] = findingsOf(
    eventsOf(
      explodingGradient,
      rowsOf(
        repeat(9, () => norms(40)[0]!),
        30,
      ),
    ),
  );
  expect(finding).toMatchObject({ at: 32, onset: 30, layer: 0, severity: 'firing' });
  expect(finding?.evidence[0]).toMatchObject({ signal: 'gradient_norm', threshold: 5 });
  expect(explodingGradient.observation(finding!)).toBe('Gradient norm 40 (limit 5).');
});
