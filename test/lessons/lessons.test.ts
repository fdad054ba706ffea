// Every lesson: beats in order that end, questions with choices, and a run on its seed that is as its words say.
import { describe, expect, test } from 'vitest';
import { sameRows } from '../../src/core/sameRows.ts';
import { telemetryLevels } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { lessonOf, lessons } from '../../src/lessons/index.ts';
import { atLevel } from '../../src/lessons/atLevel.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { stages } from '../../src/lessons/lesson.ts';
import { plannedRecipe } from '../../src/lessons/plan.ts';
import { rowFacts } from '../../src/lessons/rowFacts.ts';
import { signals } from '../../src/signals/index.ts';
import { replay } from '../worker/replay.ts';

const every: readonly Lesson[] = lessons;

describe.each(every)('$id', (lesson) => {
  const { beats, recipe, steps } = lesson;

  test('has a recipe that parses into itself, and a title and a line for the menu', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect(lesson.title).not.toBe('');
    expect(lesson.about).toMatch(/^[A-Z].+[.?]$/);
    expect(lessonOf(lesson.id)).toBe(lesson);
  });

  test('goes through its four stages in order, and its beats have names of their own', () => {
    const order = beats.map(({ stage }) => stages.indexOf(stage));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(stages.length);
    expect(new Set(beats.map(({ id }) => id)).size).toBe(beats.length);
  });

  test('has beats that end: a step is ahead, an answer is asked for', () => {
    let at = 0;
    for (const { to, further, until, ask, press } of beats) {
      if (press && 'act' in press && press.act === 'replay-emitting') at = 0;
      if (to !== undefined) expect(to).toBeGreaterThan(at);
      if (until === 'there') expect(to ?? further).toBeGreaterThan(0);
      expect(until === 'answered').toBe(ask !== undefined);
      at = to ?? at;
    }
    for (const { choices, text, lamps } of beats.flatMap(({ ask }) => ask ?? [])) {
      expect(text).not.toBe('');
      expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
      expect(choices.length).toBeGreaterThanOrEqual(lamps ? 0 : 2);
    }
  });

  test('says its words whatever there is to see', () => {
    const search = { seconds: undefined, wrong: 0, gaveUp: true };
    const nothing = {
      step: -1,
      value: () => undefined,
      fired: () => undefined,
      wouldFire: () => undefined,
      faultAt: undefined,
      search,
      isSameAtEveryLevel: false,
      shipped: undefined,
    };
    for (const { say } of beats) expect(say(nothing)[0]).not.toBe('');
  });

  test('on its seed, is as its words say', { timeout: 60_000 }, async () => {
    const planned = plannedRecipe(lesson, recipe);
    const { rows, findings } = await replay(planned, steps);
    const facts = rowFacts(rows, findings, planned);
    expect(lesson.expect.filter(({ holds }) => !holds(facts)).map(({ words }) => words)).toEqual([]);
  });
});

test('what is found is the same at every level: the rows are equal to the bit but for the count of series', async () => {
  const lesson = lessonOf('over-instrumentation')!;
  const planned = plannedRecipe(lesson, lesson.recipe);
  const full = await replay(planned, lesson.steps);
  const others = (told: readonly string[]) => told.filter((one) => !one.startsWith('over-instrumentation'));
  expect(others(full.told)).not.toEqual([]);
  for (const level of telemetryLevels) {
    const { rows, told } = await replay(atLevel(planned, level), lesson.steps);
    expect(sameRows(rows, full.rows, ['telemetry_series'])).toEqual({
      rows: lesson.steps,
      equal: lesson.steps,
    });
    expect(others(told)).toEqual(others(full.told));
  }
  // The comparison can tell: another seed has other rows.
  const other = await replay({ ...planned, seed: planned.seed + 1 }, 50);
  expect(sameRows(other.rows, full.rows, ['telemetry_series']).equal).toBe(0);
});

test('Ship it: of its three dashboards only the one that is validated every 700 steps misses it', async () => {
  const lesson = lessonOf('observability-gap')!;
  const planned = plannedRecipe(lesson, lesson.recipe);
  const others = signals
    .map(({ id }) => id)
    .filter((id) => !['loss', 'validation_loss', 'evaluated_at'].includes(id));
  // Of the first, every signal, `wouldFire` tells: the rows are the same.
  const dashboards = [{ unemitted: others }, { unemitted: [], validateEvery: 700 }];
  const fired = dashboards.map(async (dashboard) => {
    const { rows, findings } = await replay({ ...planned, ...dashboard }, lesson.steps);
    return rowFacts(rows, findings, planned).fired('overfit');
  });
  expect(await Promise.all(fired)).toEqual([expect.any(Number), undefined]);
});
