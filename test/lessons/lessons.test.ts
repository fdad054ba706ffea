// Every lesson: beats in order that end, questions with choices, and a run on its seed that is as its words say.
import { describe, expect, test } from 'vitest';
import { sameRows } from '../../src/core/sameRows.ts';
import { telemetryLevels } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { lessonEntryOf, lessonIndex, loadLesson } from '../../src/lessons/index.ts';
import { atLevel } from '../../src/lessons/atLevel.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { stages } from '../../src/lessons/lesson.ts';
import { plannedRecipe } from '../../src/lessons/plan.ts';
import { rehearse } from '../../src/lessons/rehearse.ts';
import { rowFacts } from '../../src/lessons/rowFacts.ts';
import { shortLessonId } from '../../src/lessons/short/shortLessonId.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { signals } from '../../src/signals/index.ts';
import { replay } from '../worker/replay.ts';

/** Runs are trained. */
const training = { timeout: 60_000 };

const lessonOf = async (id: string) => (await loadLesson(id))!;
const every: readonly Lesson[] = await Promise.all(
  [...lessonIndex, ...scenarios.map((one) => ({ id: shortLessonId(one) }))].map(({ id }) => lessonOf(id)),
);

test('the index and the files call them the same', async () => {
  for (const { id, load } of lessonIndex) expect((await load()).id).toBe(id);
});

describe.each(every)('$id', (lesson) => {
  const { beats, recipe } = lesson;

  test('has a recipe that parses into itself, and a title and a line for the menu', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect(lesson.title).not.toBe('');
    expect(lesson.about).toMatch(/^[A-Z].+[.?]$/);
    expect(lessonEntryOf(lesson.id)).toMatchObject({ id: lesson.id, title: lesson.title });
  });

  test('goes through its four stages in order, and its beats have names of their own', () => {
    const order = beats.map(({ stage }) => stages.indexOf(stage));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(stages.length);
    expect(new Set(beats.map(({ id }) => id)).size).toBe(beats.length);
  });

  test('has beats that end: a step is ahead, an answer is asked for', () => {
    let at = 0;
    for (const { to, further, until, asks, press, race } of beats) {
      if (press && ('recipe' in press || ('act' in press && press.act === 'replay-emitting'))) at = 0;
      if (to !== undefined) expect(to).toBeGreaterThan(at);
      if (until === 'there') expect(to ?? further).toBeGreaterThan(0);
      if (further === 'on') expect(until).toBe('answered');
      expect(until === 'answered').toBe(asks !== undefined);
      expect(until === 'raced').toBe(race !== undefined);
      at = to ?? at + (typeof further === 'number' ? further : 0);
    }
    const asked = beats.flatMap(({ asks, card }) => (asks ?? []).map((ask) => ({ ...ask, card })));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
    for (const { choices, text, points, card } of asked) {
      expect(text).not.toBe('');
      expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
      expect(choices.length).toBeGreaterThanOrEqual(points || card ? 0 : 2);
    }
  });

  test('says its words whatever there is to see', () => {
    const search = { seconds: undefined, wrong: 0, gaveUp: true };
    const nothing = {
      step: -1,
      begin: 0,
      layers: 2,
      value: () => undefined,
      fired: () => undefined,
      finding: () => undefined,
      wouldFire: () => undefined,
      unemitted: () => [],
      before: undefined,
      faultAt: undefined,
      search,
      isSameAtEveryLevel: false,
      shipped: undefined,
      warned: () => undefined,
      answers: {},
      production: undefined,
      lane: () => undefined,
      after: () => undefined,
    };
    for (const { say, asks } of beats) {
      for (const words of say(nothing)) expect(words).not.toMatch(/undefined|^$/);
      for (const { happened } of asks ?? []) expect(happened?.(nothing)).not.toMatch(/undefined/);
    }
  });
});

// The short ones are trained with their remedies, beside the stories of the scenarios.
test.each(every.filter(({ short }) => !short))(
  'on its seed, $id is as its words say',
  training,
  async (lesson) => {
    expect(await rehearse(lesson, lesson.recipe.seed, replay)).toEqual([]);
  },
);

test(
  'what is found is the same at every level: the rows are equal to the bit but for the count of series',
  training,
  async () => {
    const lesson = await lessonOf('over-instrumentation');
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
  },
);

test(
  'Ship it: of its three dashboards only the one that is validated every 700 steps misses it',
  training,
  async () => {
    const lesson = await lessonOf('observability-gap');
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
  },
);
