// A lesson under way: it breaks the run at exact steps, waits, judges by the timeline, and leaves the run as it is.
import { beforeEach, describe, expect, test } from 'vitest';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { keyAction } from '../../../src/app/state/keys.ts';
import { readProgress } from '../../../src/app/state/lessonProgress.ts';
import { loadTaught } from '../../../src/app/state/teaching.svelte.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { lessonIds } from '../../../src/lessons/index.ts';
import { plannedRecipe } from '../../../src/lessons/plan.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

const taught = (await loadTaught('over-instrumentation'))!;
const { lesson } = taught;
const [wall, fault] = plannedRecipe(lesson, lesson.recipe).timeline as [Intervention, Intervention];

let playground: Playground;

function open(search = '?lesson=over-instrumentation'): FakeWorker {
  playground = new Playground({ search, reducedMotion: false, linked: { taught } });
  FakeWorker.latest.ready();
  return FakeWorker.latest;
}

function train(worker: FakeWorker, first: number, end: number): void {
  worker.rows(packedRows(first, end - first, () => ({ loss: 0.2, accuracy: 0.9, dead: 0 })));
}

const beat = (): string | undefined => playground.lesson?.beat.id;

/** Up to the search: the wall is up, the fault has struck. */
function search(worker = open()): FakeWorker {
  train(worker, 0, wall.at);
  playground.lesson?.answer('sooner');
  playground.lesson?.next();
  worker.say({ kind: 'intervened', entry: wall });
  train(worker, wall.at, fault.at);
  worker.say({ kind: 'intervened', entry: fault });
  train(worker, fault.at, fault.at + 60);
  return worker;
}

const tooMuch: Finding = {
  detector: 'over-instrumentation',
  layer: 0,
  severity: 'firing',
  onset: wall.at,
  at: wall.at,
  evidence: [{ signal: 'telemetry_series', value: 847, threshold: 200 }],
};

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
});

test('the run rests at exactly the steps at which the lesson presses something', () => {
  const worker = open();
  expect(worker.last('start')?.recipe).toEqual(lesson.recipe);
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: wall.at });
  expect(worker.last('pace')).toMatchObject({ pace: 60, atAlert: 'nothing' });
  train(worker, 0, wall.at - 1);
  expect(beat()).toBe('watch');
  train(worker, wall.at - 1, wall.at);
  expect(beat()).toBe('predict');
  expect(worker.last('pause')).toEqual({ kind: 'pause', paused: true });
  expect(worker.last('intervene')).toBeUndefined();
  playground.lesson?.answer('sooner');
  expect(beat()).toBe('offer');
  playground.lesson?.next();
  expect(worker.last('intervene')).toMatchObject({ by: 'instrument-everything', whenLearned: false });
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: fault.at });
  worker.say({ kind: 'intervened', entry: wall });
  expect(playground.isWalled).toBe(true);
  train(worker, wall.at, fault.at);
  expect(worker.last('intervene')).toMatchObject({ by: 'kill-relus', change: fault.change });
  expect(playground.lesson?.seen.faultAt).toBe(fault.at);
});

describe('the search', () => {
  test('is over with a press on a weight that the fault pushed, and counts the others', () => {
    search();
    const { culprits, hunt } = playground.lesson!;
    // Biases 1–16 of layer 1 follow its 32 weights; 14 of them are pushed.
    expect(culprits.size).toBe(14);
    expect([...culprits].every((weight) => weight >= 32 && weight < 48)).toBe(true);
    playground.lesson?.search(0);
    playground.lesson?.search(336);
    expect(beat()).toBe('find');
    expect(hunt.wrong).toEqual([0, 336]);
    playground.lesson?.search([...culprits][3]!);
    expect(beat()).toBe('reveal');
    expect(hunt.result).toMatchObject({ wrong: 2, gaveUp: false });
    expect(hunt.result.seconds).toBeGreaterThanOrEqual(0);
    expect(playground.lesson?.marked).toEqual(culprits);
  });

  test('may be given up, and the lamps stay covered until the answer', () => {
    search();
    expect(playground.lesson?.covers.lamps).toBe(true);
    expect(playground.readings.faults.every(({ blocked }) => blocked === 'The lesson asks first.')).toBe(
      true,
    );
    playground.lesson?.giveUp();
    expect(playground.lesson?.hunt.result).toMatchObject({ seconds: undefined, gaveUp: true });
    expect(playground.lesson?.line.happened).toContain('good answer');
    playground.lesson?.next();
    expect(playground.lesson?.covers.lamps).toBe(false);
    expect(playground.readings.line.happened).toContain('You: never.');
    expect(playground.isWalled).toBe(false);
  });
});

test('the answer is shown: the run is trained again at every level, one after another', () => {
  search();
  playground.lesson?.giveUp();
  playground.lesson?.next();
  const { recipe, until } = FakeWorker.latest.last('start')!;
  expect(recipe).toMatchObject({ telemetry: 'core', seed: lesson.recipe.seed });
  expect(recipe.timeline).toEqual([{ ...wall, change: { kind: 'set', settings: {} } }, fault]);
  expect(until).toBe(fault.at + 60);
});

test('the remedy opens a run, which the lesson goes on with', () => {
  const worker = search();
  worker.say({
    kind: 'detected',
    event: { kind: 'raised', finding: tooMuch },
    healthyCheckpoint: 192,
  });
  playground.lesson?.giveUp();
  playground.lesson?.next();
  playground.lesson?.next();
  playground.lesson?.next();
  const forked = fault.at + 60;
  expect(worker.last('fork')?.entries[0]).toMatchObject({ by: 'aggregates-only' });
  // Hurried before there is a run to hurry.
  playground.lesson?.skip();
  const opening: Intervention = {
    at: forked,
    by: 'aggregates-only',
    rewindTo: forked,
    change: { kind: 'set', settings: { telemetry: 'core' } },
  };
  const recipe = { ...lesson.recipe, timeline: [wall, fault, opening] };
  const rows = packedRows(0, forked, () => ({ loss: 0.2 }));
  worker.say({
    kind: 'forked',
    recipe,
    generation: 1,
    inheritance: { step: forked, regions: new Map(), rows },
  });
  const repaired = FakeWorker.latest;
  repaired.ready();
  train(repaired, forked, forked + 1);
  expect(beat()).toBe('fix');
  expect(repaired.last('halt')).toEqual({ kind: 'halt', at: forked + 121 });
  expect(repaired.last('pace')).toMatchObject({ pace: 'max' });
  train(repaired, forked + 1, forked + 121);
  expect(beat()).toBe('six');
  playground.lesson?.next();
  playground.lesson?.next();
  expect(playground.lesson).toBeUndefined();
  expect(readProgress()).toEqual({ 'over-instrumentation': { sooner: 'sooner' } });
});

test('whoever leaves keeps the run, and its link is the run’s again', () => {
  const worker = open();
  train(worker, 0, 100);
  expect(playground.address).toBe('?lesson=over-instrumentation');
  const { looked } = playground;
  playground.leaveLesson();
  expect(playground.looked).toBe(looked);
  expect(worker.terminated).toBe(false);
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: null });
  expect(worker.last('pace')).toMatchObject({ atAlert: 'slow' });
  expect(playground.address).toContain('scenario=ring');
});

test('a press that is not the lesson’s ends it, and says so', () => {
  const worker = open();
  train(worker, 0, 100);
  const change = { kind: 'scale-rate', factor: 10 } as const;
  worker.say({ kind: 'intervened', entry: { at: 100, by: 'raise-rate', change } });
  train(worker, 100, 110);
  expect(playground.lesson).toBeUndefined();
  expect(playground.notices.all.at(-1)?.text).toContain('The lesson ended');
});

test('hurried, the run is as fast as it can be to the same step', () => {
  const worker = open();
  train(worker, 0, 10);
  playground.lesson?.skip();
  expect(worker.last('pace')).toMatchObject({ pace: 'max' });
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: wall.at });
});

test('hurried as it comes to rest there, the run does not leave the step', () => {
  const worker = open();
  train(worker, 0, wall.at - 1);
  const sent = worker.heard.length;
  worker.say({ kind: 'paused', paused: true, reason: 'limit' });
  playground.lesson?.skip();
  expect(worker.heard.slice(sent).filter(({ kind }) => kind === 'pause')).toEqual([]);
  train(worker, wall.at - 1, wall.at);
  expect(beat()).toBe('predict');
});

test('a lesson that there is not opens the default run and says which field was wrong', () => {
  open('?lesson=volcano');
  expect(playground.lesson).toBeUndefined();
  expect(playground.problems).toMatchObject([{ field: 'lesson', value: 'volcano' }]);
  for (const id of lessonIds) expect(playground.problems[0]?.reason).toContain(id);
  expect(playground.readings.line.happened).toContain('“lesson”');
});

test('a link to a lesson that also has fields of a recipe says that they were left out', () => {
  open('?lesson=over-instrumentation&seed=7');
  expect(playground.looked.recipe.seed).toBe(lesson.recipe.seed);
  expect(playground.notices.all.map(({ text }) => text)).toEqual([expect.stringContaining('seed')]);
});

test('answers may be on or off, and nothing else', () => {
  open('?lesson=over-instrumentation&answers=perhaps');
  expect(beat()).toBe('watch');
  expect(playground.notices.all[0]?.text).toContain('“answers” is "perhaps": must be on or off');
});

test('a teacher’s link keeps answers back until Space', () => {
  search(open('?lesson=over-instrumentation&answers=off'));
  playground.lesson?.giveUp();
  expect(playground.lesson?.line.next).toContain('space');
  expect(playground.lesson?.marked.size).toBe(0);
  expect(playground.address).toBe('?lesson=over-instrumentation&answers=off');
  keyAction(new KeyboardEvent('keydown', { key: ' ' }), playground)?.();
  expect(beat()).toBe('reveal');
  expect(playground.lesson?.marked.size).toBe(14);
});

test('what was kept of lessons may be damaged: it is as if none had been finished', () => {
  for (const stored of ['{', '[1]', '"x"', 'null', '{"a":{"b":1}}']) {
    localStorage.setItem('trainwreck.lessons', stored);
    expect(readProgress()).toEqual({});
  }
});
