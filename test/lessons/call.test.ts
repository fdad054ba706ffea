// The runs of a year: valid recipes with what their label says, every kind among them, and a sample that is really trained.
import { describe, expect, test } from 'vitest';
import { sameRows } from '../../src/core/sameRows.ts';
import { callOf, callSteps } from '../../src/lessons/call/callOf.ts';
import { dayBefore, dayNumber, dayOf } from '../../src/lessons/call/day.ts';
import { answers, wrongs } from '../../src/lessons/call/wrongs.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { faultOf } from '../../src/faults/index.ts';
import { replay } from '../worker/replay.ts';

const first = Date.UTC(2026, 10, 23);
const days = Array.from({ length: 366 }, (_, index) => dayOf(new Date(first + index * 86_400_000)));
const calls = days.map(callOf);

test('every day of a year has a valid recipe, the same whenever it is drawn', () => {
  for (const call of calls) {
    expect(parseRecipe(JSON.parse(JSON.stringify(call.recipe)))).toEqual(call.recipe);
    expect(callOf(call.day)).toEqual(call);
  }
  expect(new Set(calls.map(({ recipe }) => JSON.stringify(recipe))).size).toBe(days.length);
});

test('what is wrong is one entry, in time to be seen, of the kind that is to be named', () => {
  for (const { recipe, answer, at } of calls) {
    const [entry, ...more] = recipe.timeline;
    expect(more).toEqual([]);
    expect(entry?.at).toBe(at);
    expect(entry === undefined).toBe(answer === 'nothing');
    if (entry) expect(faultOf(entry.by) !== undefined || entry.at === 0).toBe(true);
    expect(at ?? 0).toBeLessThanOrEqual(callSteps - 300);
  }
});

test('nothing is wrong on one day in four, and each of the others comes at least ten times a year', () => {
  const count = (id: string) => calls.filter(({ answer }) => answer === id).length;
  expect(count('nothing')).toBeGreaterThan(366 / 5);
  expect(count('nothing')).toBeLessThan(366 / 3);
  for (const { id } of wrongs) expect(count(id), id).toBeGreaterThanOrEqual(10);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(answers.length);
});

test('days are days', () => {
  expect(dayNumber('1970-01-02')).toBe(1);
  for (const text of ['', 'today', '2026-02-30', '2026-1-1', '26-01-01', '2026-11-23T00:00Z'])
    expect(dayNumber(text)).toBeUndefined();
  expect(dayBefore('2027-01-01')).toBe('2026-12-31');
});

/** One day of each kind, the first of the year. */
const sample = answers.map(({ id }) => calls.find(({ answer }) => answer === id)!);

describe.each(sample)('$day: $answer', ({ recipe, at, answer }) => {
  test('takes effect before the end, or nothing happens at all', { timeout: 60_000 }, async () => {
    const run = await replay(recipe, callSteps);
    const fired = run.findings
      .filter(({ severity }) => severity === 'firing')
      .map(({ detector }) => detector);
    if (at === undefined) {
      expect(fired).toEqual([]);
      return;
    }
    const twin = await replay({ ...recipe, timeline: [] }, callSteps);
    const equal = sameRows(run.rows, twin.rows, []).equal;
    // What is not emitted is computed all the same.
    if (answer === 'dark') expect(fired).toContain('observability-gap');
    else expect(equal).toBeLessThan(callSteps);
    expect(equal).toBeGreaterThanOrEqual(at);
  });
});
