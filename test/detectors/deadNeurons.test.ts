// Dead neurons: more than 20 % of a layer, and more than there were.
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

/** The detector waits this long before it says so. */
const wait = 10;
/** A layer of 16 in which nothing was dead for 200 steps. */
const grown = repeat(200, () => layer1(0));
const then = (ratio: number, steps = 30) => repeat(steps, () => layer1(ratio));

describe('a layer that has learned', () => {
  test('with 20 % dead or less is quiet', () => {
    for (const ratio of [1 / 5, 3 / 16, 2 / 16]) expect(says([...grown, ...then(ratio)])).toEqual([]);
  });

  test.each([nextFloat(0.2), 4 / 16, 1])('of which %d dies fires ten steps later', (ratio) => {
    expect(says([...grown, ...then(ratio)])).toEqual([`firing@${200 + wait - 1} layer 1`]);
  });

  test('of which units die one after another, over hundreds of steps, fires', () => {
    const dying = Array.from({ length: 8 }, (_, units) => then(units / 16, 90)).flat();
    expect(says([...grown, ...dying])).toEqual([`firing@${200 + 4 * 90 + wait - 1} layer 1`]);
  });

  test('of which a few were dead from the start is held against those', () => {
    const few = repeat(200, () => layer1(2 / 16));
    expect(says([...few, ...then(4 / 16)])).toEqual([]);
    expect(says([...few, ...then(5 / 16)])).toEqual(['firing@209 layer 1']);
  });

  test('is no longer dead from the step at which it is back at the limit, and may die again', () => {
    const rows = [...grown, ...then(0.5, 20), ...then(0.2, 5), ...then(0.5, 20)];
    expect(says(rows)).toEqual(['firing@209 layer 1', 'resolved@220 layer 1', 'firing@234 layer 1']);
  });

  test('that is quiet for a few steps alone is not dead', () => {
    expect(says([...grown, ...then(0.8, wait - 1), ...then(0, 20)])).toEqual([]);
  });

  test('without a dead ratio is not dead: after a swap to ELU the finding is over', () => {
    expect(says([...grown, ...then(0.9, 20), { 'activation_mean.1': 0.4 }])).toEqual([
      'firing@209 layer 1',
      'resolved@220 layer 1',
    ]);
  });

  test('whose mean activation is 0 is not dead for that alone', () => {
    expect(says(repeat(300, () => layer1(0, 0)))).toEqual([]);
  });

  test('is judged by the threshold of the recipe', () => {
    const overrides = { 'dead-neurons.ratio': 0.5 };
    expect(says([...grown, ...then(0.5)], overrides)).toEqual([]);
    expect(says([...grown, ...then(nextFloat(0.5))], overrides)).toEqual(['firing@209 layer 1']);
  });

  test.each([NaN, -Infinity])('with a ratio of %d is not dead', (ratio) => {
    expect(says([...grown, ...then(ratio)])).toEqual([]);
  });
});

describe('a young layer', () => {
  test('of which a third is dead is quiet: chance kills and revives', () => {
    expect(says(repeat(140, () => layer1(0.35)))).toEqual([]);
  });

  test('of which more than half is dead fires', () => {
    expect(says(repeat(60, () => layer1(0.6)))).toEqual(['firing@9 layer 1']);
  });
});

test('layers are judged apart', () => {
  const both = repeat(200, () => ({ 'dead_neuron_ratio.1': 0, 'dead_neuron_ratio.2': 0 }));
  const second = repeat(20, () => ({ 'dead_neuron_ratio.1': 0, 'dead_neuron_ratio.2': 0.5 }));
  const first = repeat(20, () => ({ 'dead_neuron_ratio.1': 0.5, 'dead_neuron_ratio.2': 0 }));
  expect(says([...both, ...second, ...first])).toEqual([
    'firing@209 layer 2',
    'resolved@220 layer 2',
    'firing@229 layer 1',
  ]);
});

describe('a finding', () => {
  const dying = [...repeat(200, () => layer1(0, 0.5)), ...repeat(10, () => layer1(0.875, 0.0625))];
  const [finding] = findingsOf(eventsOf(deadNeurons, rowsOf(dying)));

  test('began a window before the units were seen to be quiet, at step 0 at the earliest', () => {
    expect(finding).toMatchObject({ at: 209, onset: 209 - context.deadWindow - wait });
    expect(findingsOf(eventsOf(deadNeurons, rowsOf(repeat(20, () => layer1(1)))))).toMatchObject([
      { at: 9, onset: 0 },
    ]);
  });

  test('rests on the ratio, and on the mean activation against what it was', () => {
    expect(finding?.evidence[0]).toEqual({ signal: 'dead_neuron_ratio', value: 0.875, threshold: 0.2 });
    expect(finding?.evidence[1]).toMatchObject({ signal: 'activation_mean', value: 0.0625 });
    expect(finding?.evidence[1]?.baseline).toBeGreaterThan(0.4);
  });

  test('is told with its numbers', () => {
    expect(deadNeurons.observation(finding!)).toMatch(
      /^88 % of layer 1 dead \(limit 20 %\); mean activation 0\.4\d → 0\.063\.$/,
    );
  });

  test('without mean activations says none', () => {
    const [first] = findingsOf(
      eventsOf(deadNeurons, rowsOf(repeat(20, () => ({ 'dead_neuron_ratio.1': 1 })))),
    );
    expect(deadNeurons.observation(first!)).toBe('100 % of layer 1 dead (limit 20 %).');
  });
});
