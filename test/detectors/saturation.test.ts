// Saturation: more than 40 % of a layer's outputs at their bounds, averaged over twenty steps.
import { describe, expect, test } from 'vitest';
import { saturation } from '../../src/detectors/saturation.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const share = (value: number, layer = 1): Values => ({ [`saturation_ratio.${layer}`]: value });
const many = (count: number, value: number) => repeat(count, () => share(value));

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(saturation, rowsOf(rows), overrides));
}

describe('a layer', () => {
  test('with more than 40 % of its outputs at their bounds fires with the twentieth step, and not before', () => {
    expect(says(many(19, 0.5))).toEqual([]);
    expect(says(many(100, 0.5))).toEqual(['firing@19 layer 1']);
  });

  test('under that, however long, does not', () => {
    expect(says(many(200, 0.39))).toEqual([]);
  });

  test('in a single batch says little', () => {
    expect(says([...many(50, 0.1), share(1), share(1), ...many(50, 0.1)])).toEqual([]);
  });

  test('is judged apart from the others', () => {
    const rows = repeat(60, (step) => ({ ...share(0.1), ...share(step < 20 ? 0 : 0.9, 2) }));
    expect(says(rows)).toEqual(['firing@28 layer 2']);
  });

  test('is over when its average is under 32 %, and not where it is under 40 % alone', () => {
    expect(says([...many(20, 0.5), ...many(100, 0.35)])).toEqual(['firing@19 layer 1']);
    expect(says([...many(20, 0.5), ...many(40, 0.1)])).toEqual(['firing@19 layer 1', 'resolved@29 layer 1']);
  });

  test('without bounds is not saturated: after a swap to ReLU the finding is over', () => {
    const swapped = [...many(20, 0.9), ...repeat(5, () => ({ 'activation_mean.1': 0.4 }))];
    expect(says(swapped)).toEqual(['firing@19 layer 1', 'resolved@20 layer 1']);
  });

  test.each([NaN, Infinity, -Infinity])('with a share of %d says nothing', (value) => {
    expect(says(many(100, value))).toEqual([]);
    expect(says(many(20, 0.5).flatMap((row) => [row, share(value)]))).toEqual(['firing@38 layer 1']);
  });

  test('is judged by the threshold of the recipe', () => {
    expect(says(many(30, 0.5), { 'saturation.ratio': 0.6 })).toEqual([]);
    expect(says(many(30, 0.7), { 'saturation.ratio': 0.6 })).toEqual(['firing@19 layer 1']);
  });
});

test('what was seen is told with its numbers, from the first step of the average on', () => {
  const [finding] = findingsOf(eventsOf(saturation, rowsOf([...many(30, 0), ...many(30, 0.75)])));
  expect(finding).toMatchObject({ at: 40, onset: 21, layer: 1 });
  expect(finding?.evidence[0]).toMatchObject({ signal: 'saturation_ratio', threshold: 0.4 });
  expect(saturation.observation(finding!)).toBe(
    '41 % of layer 1’s outputs within 1 % of their bounds (limit 40 %).',
  );
});
