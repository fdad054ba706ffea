// Dead neurons: more than 20 % of a layer.
import { describe, expect, test } from 'vitest';
import { deadNeurons } from '../../src/detectors/deadNeurons.ts';
import { context, eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const nextFloat = (value: number) => Math.fround(value) * (1 + 2 ** -23);
const layer1 = (ratio: number, mean = 0.4): Values => ({
  'dead_neuron_ratio.1': ratio,
  'activation_mean.1': mean,
});

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(deadNeurons, rowsOf(rows), overrides));
}

describe('a layer', () => {
  test('with exactly 20 % dead is quiet: 1 of 5, 2 of 10, 4 of 20', () => {
    for (const ratio of [1 / 5, 2 / 10, 4 / 20]) expect(says([layer1(0), layer1(ratio)])).toEqual([]);
  });

  test('with more than 20 % dead fires, at that step', () => {
    for (const ratio of [nextFloat(0.2), 4 / 16, 1]) {
      expect(says([layer1(0), layer1(ratio), layer1(ratio)])).toEqual(['firing@1 layer 1']);
    }
  });

  test('is no longer dead from the step at which it is back at the limit', () => {
    const rows = [0, 0.5, 0.875, 0.2, 0.5].map((ratio) => layer1(ratio));
    expect(says(rows)).toEqual(['firing@1 layer 1', 'resolved@3 layer 1', 'firing@4 layer 1']);
  });

  test('is judged apart from the others', () => {
    const rows = [
      { 'dead_neuron_ratio.1': 0, 'dead_neuron_ratio.2': 0.5 },
      { 'dead_neuron_ratio.1': 0.5, 'dead_neuron_ratio.2': 0.5 },
      { 'dead_neuron_ratio.1': 0.5, 'dead_neuron_ratio.2': 0 },
    ];
    expect(says(rows)).toEqual(['firing@0 layer 2', 'firing@1 layer 1', 'resolved@2 layer 2']);
  });

  test('without a dead ratio is not dead: after a swap to ELU the finding is over', () => {
    expect(says([layer1(0.9), { 'activation_mean.1': 0.4 }])).toEqual([
      'firing@0 layer 1',
      'resolved@1 layer 1',
    ]);
  });

  test('whose mean activation is 0 is not dead for that alone', () => {
    expect(says(repeat(100, () => layer1(0, 0)))).toEqual([]);
  });

  test('is judged by the threshold of the recipe', () => {
    const overrides = { 'dead-neurons.ratio': 0.5 };
    expect(says([layer1(0.5)], overrides)).toEqual([]);
    expect(says([layer1(nextFloat(0.5))], overrides)).toEqual(['firing@0 layer 1']);
  });

  test.each([NaN, -Infinity])('with a ratio of %d is not dead', (ratio) => {
    expect(says([layer1(0), layer1(ratio)])).toEqual([]);
  });
});

describe('a finding', () => {
  const dying = [...repeat(100, () => layer1(0, 0.5)), layer1(0.875, 0.0625)];
  const [finding] = findingsOf(eventsOf(deadNeurons, rowsOf(dying)));

  test('began a window before it was seen, at step 0 at the earliest', () => {
    expect(finding).toMatchObject({ at: 100, onset: 100 - context.deadWindow });
    expect(findingsOf(eventsOf(deadNeurons, rowsOf([layer1(0), layer1(1)])))).toMatchObject([
      { at: 1, onset: 0 },
    ]);
  });

  test('rests on the ratio, and on the mean activation against what it was', () => {
    expect(finding?.evidence).toEqual([
      { signal: 'dead_neuron_ratio', value: 0.875, threshold: 0.2 },
      { signal: 'activation_mean', value: 0.0625, baseline: 0.5 },
    ]);
  });

  test('is told with its numbers', () => {
    expect(deadNeurons.observation(finding!)).toBe(
      '88 % of layer 1 dead (limit 20 %); mean activation 0.50 → 0.063.',
    );
  });

  test('of the very first row has no mean activation to compare with, and says none', () => {
    const [first] = findingsOf(eventsOf(deadNeurons, rowsOf([layer1(1, 0.5)])));
    expect(deadNeurons.observation(first!)).toBe('100 % of layer 1 dead (limit 20 %).');
  });
});
