// Stalled: after 250 steps of tiny updates the loss is still above 90 % of the first ten steps', or validation loss above 99 % of its first.
import { describe, expect, test } from 'vitest';
import { stalled } from '../../src/detectors/stalled.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const many = (count: number, loss: number) => repeat(count, () => ({ loss, update_ratio: 1e-6 }));

function says(
  rows: readonly Values[],
  overrides?: Readonly<Record<string, number>>,
  first = 0,
): readonly string[] {
  return told(eventsOf(stalled, rowsOf(rows, first), overrides));
}

describe('a loss', () => {
  test('that stays where it began fires after 250 steps, and not before', () => {
    expect(says(many(250, 0.7))).toEqual([]);
    expect(says(many(600, 0.7))).toEqual(['firing@250']);
  });

  test('that rises fires too: it has not learned', () => {
    expect(says([...many(50, 0.7), ...many(400, 3)])).toEqual(['firing@250']);
  });

  test('that has fallen says nothing, even where it falls no further', () => {
    expect(says([...many(50, 0.7), ...many(2000, 0.6)])).toEqual([]);
  });

  test('is averaged over 50 steps: one small batch says little', () => {
    expect(
      says(repeat(600, (step) => ({ loss: step % 2 === 0 ? 0.2 : 0.9, update_ratio: 0 })).slice(1)),
    ).toEqual(['firing@250']);
    const falling = repeat(600, (step) => ({
      loss: step < 100 ? 0.7 : step % 25 === 0 ? 2 : 0.4,
      update_ratio: 0,
    }));
    expect(says(falling)).toEqual([]);
  });

  test('is over once its average is clearly under the limit, and not just under it', () => {
    expect(says([...many(260, 1), ...many(400, 0.87)])).toEqual(['firing@250']);
    const [, over] = says([...many(260, 1), ...many(400, 0.8)]);
    expect(over).toMatch(/^resolved@2[789]\d$/);
  });

  test('that has learned and is back where it began fires again: what it learned is lost', () => {
    expect(says([...many(300, 1), ...many(100, 0.5), ...many(100, 1)])).toMatchObject([
      'firing@250',
      expect.stringMatching(/^resolved@3/),
      expect.stringMatching(/^firing@4/),
    ]);
  });

  test('counts its steps from the first row that there is', () => {
    expect(says(many(300, 0.7), {}, 500)).toEqual(['firing@750']);
  });

  test.each([NaN, Infinity, -Infinity])('of %d is none: it is left out', (loss) => {
    expect(says(many(600, loss))).toEqual([]);
    expect(says([...many(5, loss), ...many(600, 0.7)])).toEqual(['firing@250']);
    expect(says([...many(270, 0.7), ...many(100, loss)])).toEqual(['firing@250']);
  });

  test('is judged by the thresholds of the recipe', () => {
    expect(says(many(400, 0.7), { 'stalled.steps': 300 })).toEqual(['firing@300']);
    expect(says(many(400, 0.7), { 'stalled.steps': 5 })).toEqual(['firing@50']);
    const fallen = [...many(20, 1), ...many(400, 0.82)];
    expect(says(fallen)).toEqual([]);
    expect(says(fallen, { 'stalled.share': 0.8 })).toEqual(['firing@250']);
  });
});

describe('updates of the usual size', () => {
  const moving = (count: number, validation: (step: number) => number) =>
    repeat(count, (step) => ({
      loss: 0.7,
      update_ratio: 1e-3,
      validation_loss: validation(step),
      evaluated_at: step - (step % 10),
    }));

  test('are a slow start where validation loss falls, however little', () => {
    expect(says(moving(600, (step) => 0.7 * (1 - step * 1e-4)))).toEqual([]);
  });

  test('lead nowhere where it does not', () => {
    const rows = moving(600, () => 0.693);
    expect(says(rows)).toEqual(['firing@250']);
    const [finding] = findingsOf(eventsOf(stalled, rowsOf(rows)));
    expect(finding?.evidence[0]).toMatchObject({ signal: 'validation_loss', threshold: 0.99 });
    expect(stalled.observation(finding!)).toBe(
      'After 250 steps validation loss is at best 0.69, 100 % of what it began with (limit 99 %).',
    );
  });

  test('have led somewhere once, where validation loss is worse than at the start now: that is no stall', () => {
    expect(says(moving(600, (step) => (step < 50 ? 0.7 : step < 300 ? 0.3 : 9)))).toEqual([]);
  });

  test('wait for another evaluation where they come rarely: one is no less than itself', () => {
    const rarely = (step: number) => step - (step % 400);
    const rows = (fallen: number) =>
      moving(900, (step) => (step < 400 ? 0.7 : fallen)).map((row, step) => ({
        ...row,
        evaluated_at: rarely(step),
      }));
    expect(says(rows(0.3))).toEqual([]);
    expect(says(rows(0.7))).toEqual(['firing@400']);
  });

  test('say nothing where no validation loss is emitted', () => {
    expect(says(repeat(600, () => ({ loss: 0.7, update_ratio: 1e-3 })))).toEqual([]);
  });

  test.each([NaN, Infinity, 0])('and a validation loss of %d fire nothing and throw nothing', (loss) => {
    expect(says(moving(600, () => loss))).toEqual([]);
  });
});

test('what was seen is told with its numbers, from the first step on', () => {
  const [finding] = findingsOf(eventsOf(stalled, rowsOf([...many(10, 0.75), ...many(300, 0.72)])));
  expect(finding).toMatchObject({ at: 250, onset: 0 });
  expect(finding?.evidence).toMatchObject([{ signal: 'loss', threshold: 0.9 }, { signal: 'update_ratio' }]);
  expect(finding?.evidence[0].value).toBeCloseTo(0.72, 6);
  expect(finding?.evidence[0].baseline).toBeCloseTo(0.75, 6);
  expect(stalled.observation(finding!)).toBe(
    'After 250 steps the loss is 0.72, 96 % of what it began with (limit 90 %).',
  );
});
