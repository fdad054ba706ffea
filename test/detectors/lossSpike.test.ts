// Loss spike: ≥ 5× the rolling average warns, ≥ 10× fires, from the twentieth step on.
import { describe, expect, test } from 'vitest';
import { lossSpike } from '../../src/detectors/lossSpike.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const quiet = (count: number) => repeat(count, () => ({ gradient_norm: 1, loss: 0.5 }));
const row = (norm: number, loss = 0.5): Values => ({ gradient_norm: norm, loss });
const justBelow = (value: number) => value * (1 - 2 ** -24);

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(lossSpike, rowsOf(rows), overrides));
}

describe('a gradient norm', () => {
  test.each<[norm: number, said: readonly string[]]>([
    [justBelow(5), []],
    [5, ['warning@50']],
    [justBelow(10), ['warning@50']],
    [10, ['firing@50']],
    [1e30, ['firing@50']],
  ])('of %d times its average: %j', (norm, said) => {
    expect(says([...quiet(50), row(norm)])).toEqual(said);
  });

  test('is judged from the twentieth step before it on', () => {
    expect(says([...quiet(19), row(10)])).toEqual([]);
    expect(says([...quiet(20), row(10)])).toEqual(['firing@20']);
  });

  test('is held against the 50 steps before it, and no earlier ones', () => {
    const rows = [...repeat(200, () => row(100)), ...quiet(50), row(5)];
    expect(says(rows)).toEqual(['warning@250']);
    expect(says(rows.toSpliced(249, 1))).toEqual([]);
  });

  test('is held against an average in which it does not count itself', () => {
    const [finding] = findingsOf(eventsOf(lossSpike, rowsOf([...quiet(50), row(6)])));
    expect(finding?.evidence[0]).toEqual({ signal: 'gradient_norm', value: 6, baseline: 1, threshold: 5 });
  });

  test.each([NaN, Infinity, -Infinity])(
    'of %d is none of its business, and leaves the average as it was',
    (norm) => {
      expect(says([...quiet(50), row(norm), row(5)])).toEqual(['warning@51']);
    },
  );

  test('of 0 for ever raises nothing', () => {
    expect(says(repeat(200, () => row(0)))).toEqual([]);
  });

  test('is judged by the thresholds of the recipe', () => {
    const overrides = { 'loss-spike.warning': 3, 'loss-spike.firing': 4, 'overfit.ratio': 1 };
    expect(says([...quiet(50), row(justBelow(3))], overrides)).toEqual([]);
    expect(says([...quiet(50), row(3)], overrides)).toEqual(['warning@50']);
    expect(says([...quiet(50), row(4)], overrides)).toEqual(['firing@50']);
  });
});

describe('an episode', () => {
  test('goes from warning to firing once, with the onset of the warning', () => {
    const events = eventsOf(lossSpike, rowsOf([...quiet(50), row(6, 2), row(7, 2), row(30, 4), row(300, 9)]));
    expect(told(events)).toEqual(['warning@50', 'firing@52']);
    expect(findingsOf(events).map(({ onset }) => onset)).toEqual([50, 50]);
  });

  test('does not go from firing back to warning', () => {
    expect(says([...quiet(50), row(10, 3), row(8, 3), row(8, 3)])).toEqual(['firing@50']);
  });

  test('is over once the loss has been within 1.5 times its average from before for five steps', () => {
    const spike = [...quiet(50), row(10, 3), row(1, 3), row(1, 3)];
    expect(says([...spike, ...repeat(4, () => row(1, 0.75))])).toEqual(['firing@50']);
    expect(says([...spike, ...repeat(5, () => row(1, 0.75))])).toEqual(['firing@50', 'resolved@57']);
    expect(says([...spike, ...repeat(50, () => row(1, 0.76))])).toEqual(['firing@50']);
  });

  test('starts its five steps anew when the loss leaves again', () => {
    const again = [...repeat(4, () => row(1)), row(1, 2), ...repeat(5, () => row(1))];
    expect(says([...quiet(50), row(10, 3), ...again])).toEqual(['firing@50', 'resolved@60']);
  });

  test('is not over while the loss is NaN', () => {
    expect(says([...quiet(50), row(10, 3), ...repeat(100, () => row(NaN, NaN))])).toEqual(['firing@50']);
  });

  test('can be followed by another', () => {
    const rows = [...quiet(50), row(10), ...quiet(60), row(10)];
    expect(says(rows)).toEqual(['firing@50', 'resolved@55', 'firing@111']);
  });

  test('ends although no loss before it was finite', () => {
    const blind = repeat(50, () => row(1, Infinity));
    expect(says([...blind, row(10), ...quiet(200)])).toContain('resolved@55');
  });
});

test('what was seen is told with its numbers', () => {
  const [finding] = findingsOf(eventsOf(lossSpike, rowsOf([...quiet(50), row(12, 2)])));
  expect(lossSpike.observation(finding!)).toBe(
    'Gradient norm 12× its rolling average (limit 10×); loss 4.0× what it was.',
  );
});

test.each<Values>([{ loss: 9 }, { gradient_norm: 100 }])(
  'rows of nothing but %j say nothing and count for nothing',
  (half) => {
    expect(says([...quiet(50), ...repeat(50, () => half), row(5)])).toEqual(['warning@100']);
  },
);
