// The lesson Ship it: nothing tells before it is shipped, a lamp is an answer, and the same run again is the lesson's own.
import { beforeEach, expect, test } from 'vitest';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { loadTaught } from '../../../src/app/state/teaching.svelte.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { plannedRecipe } from '../../../src/lessons/plan.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

const taught = (await loadTaught('observability-gap'))!;
const { lesson } = taught;
const fault = plannedRecipe(lesson, lesson.recipe).timeline[0]!;
const end = 1601;
/** Where overfitting fires in the rows below: the third evaluation over the limit. */
const fires = fault.at + 20;

let playground: Playground;
const beat = (): string | undefined => playground.lesson?.beat.id;

/** From the fault on, validation loss leaves training loss behind. */
function train(worker: FakeWorker, first: number, to: number): void {
  worker.rows(
    packedRows(first, to - first, (step) => ({
      loss: 0.2,
      accuracy: 1,
      gradientNorm: 1,
      ...(step % 10 === 0 && {
        validation: step < fault.at ? ([0.2, 0.9] as const) : ([0.6, 0.75] as const),
      }),
    })),
  );
}

/** Up to the question whether to ship it. */
function predict(): FakeWorker {
  const search = '?lesson=observability-gap';
  playground = new Playground({ search, reducedMotion: false, linked: { taught } });
  const worker = FakeWorker.latest;
  worker.ready();
  train(worker, 0, fault.at);
  worker.say({ kind: 'intervened', entry: fault });
  train(worker, fault.at, end);
  worker.say({ kind: 'paused', paused: true, reason: 'asked' });
  return worker;
}

/** Shipped, and 74 % right. */
function ship(): FakeWorker {
  const worker = predict();
  playground.lesson?.answer('ship');
  playground.ship();
  worker.say({ kind: 'production', step: end, right: 0.74, count: 1000 });
  return worker;
}

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
});

test('the fault is pressed at its step, and neither narrator nor buttons nor picture tell', () => {
  const worker = predict();
  expect(worker.last('intervene')).toMatchObject({ by: 'starve', change: fault.change, whenLearned: false });
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: end });
  expect(beat()).toBe('predict');
  expect(playground.lesson?.covers).toEqual({ lamps: false, happened: true, surface: true, charts: false });
  expect(playground.readings.faults.every(({ blocked }) => blocked === 'The lesson asks first.')).toBe(true);
  expect(playground.readings.line.happened).toBe('Training accuracy 100 %. No alert.');
  expect(playground.readings.lamps.find(({ id }) => id === 'generalization')?.state).toBe('dark');
});

test('a lamp is an answer where it is asked for, and nowhere else', () => {
  predict();
  expect(playground.lesson?.point('lamps', 'generalization')).toBe(true);
  expect(playground.lesson?.answers).toEqual({ ship: 'generalization' });
  expect(beat()).toBe('offer');
  expect(playground.lesson?.point('lamps', 'loss')).toBe(false);
  expect(beat()).toBe('offer');
});

test('the page’s own button ships it too, and the words are of the run', () => {
  ship();
  expect(beat()).toBe('ship');
  expect(playground.view.unsealed).toBe(true);
  expect(playground.lesson?.line.happened).toBe('Right in production: 74 %.');
  expect(playground.lesson?.covers).toEqual({ lamps: false, happened: false, surface: false, charts: false });
  expect(playground.lesson?.seen.shipped).toMatchObject({ at: end - 1, right: 0.74 });
  expect(playground.lesson?.seen.wouldFire('overfit')).toBe(fires);
});

test('shipped before the lesson is there, nothing of it moves on', () => {
  playground = new Playground({
    search: '?lesson=observability-gap',
    reducedMotion: false,
    linked: { taught },
  });
  FakeWorker.latest.ready();
  train(FakeWorker.latest, 0, 100);
  playground.ship();
  expect(beat()).toBe('watch');
});

test('the same run again belongs to the lesson: it keeps what was shipped, and rewinds what then fires', () => {
  ship();
  for (const id of ['post-mortem', 'diagnose']) {
    playground.lesson?.next();
    expect(beat()).toBe(id);
  }
  expect(playground.lesson?.covers.lamps).toBe(true);
  playground.lesson?.point('lamps', 'generalization');
  playground.lesson?.next();
  expect(beat()).toBe('replay');
  const again = FakeWorker.latest;
  expect(again.last('start')?.recipe).toEqual({ ...lesson.recipe, unemitted: [], timeline: [fault] });
  expect(again.last('halt')).toEqual({ kind: 'halt', at: 600 });
  again.ready();
  train(again, 0, fires + 1);
  const finding: Finding = {
    detector: 'overfit',
    layer: 0,
    severity: 'firing',
    onset: fault.at + 1,
    at: fires,
    evidence: [{ signal: 'validation_loss / loss', value: 3, threshold: 1.3 }],
  };
  again.say({ kind: 'detected', event: { kind: 'raised', finding }, healthyCheckpoint: 384 });
  expect(playground.lesson?.line.happened).toBe(`Overfitting fires at step ${fires}.`);
  expect(again.last('pace')).toMatchObject({ pace: 120, atAlert: 'nothing' });
  train(again, fires + 1, 600);
  expect(beat()).toBe('known');
  expect(playground.lesson?.line.happened).toContain('1,180 steps before it was shipped');
  expect(playground.lesson?.seen.shipped).toMatchObject({ right: 0.74 });
  playground.lesson?.next();
  expect(again.last('fork')?.entries).toMatchObject([{ by: 'give-data-back', rewindTo: 384 }]);
});
