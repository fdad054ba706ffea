// What beats can ask and do: several questions, a step as an answer, another run in place of this one, a race, a limit of one’s own.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keyAction } from '../../../src/app/state/keys.ts';
import { readProgress } from '../../../src/app/state/lessonProgress.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { loadTaught } from '../../../src/app/state/teaching.svelte.ts';
import { plannedBeats, plannedRecipe } from '../../../src/lessons/plan.ts';
import { shortLessonId } from '../../../src/lessons/short/shortLessonId.ts';
import { scenarios } from '../../../src/scenarios/index.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

let playground: Playground;
const beat = (): string | undefined => playground.lesson?.beat.id;

async function open(id: string, answers = ''): Promise<FakeWorker> {
  const taught = await loadTaught(id);
  playground = new Playground({
    search: `?lesson=${id}${answers}`,
    reducedMotion: false,
    linked: { taught },
  });
  FakeWorker.latest.ready();
  return FakeWorker.latest;
}

const rows = (first: number, end: number, accuracy = 0.9): Uint32Array<ArrayBuffer> =>
  packedRows(first, end - first, (step) => ({
    loss: 0.2,
    accuracy,
    gradientNorm: 1,
    ...(step % 10 === 0 && { validation: [0.2, accuracy] as const }),
  }));

function train(worker: FakeWorker, first: number, end: number, accuracy?: number): void {
  worker.rows(rows(first, end, accuracy));
}

/** What a race takes over has come from the thread of the run. */
const lent = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

/** Presses what leads on until a beat is reached. */
function goTo(target: string): void {
  while (beat() !== undefined && beat() !== target) {
    const before = `${beat()} ${playground.lesson?.question?.id}`;
    const { question } = playground.lesson!;
    if (question) playground.lesson?.answer(question.choices[0]?.id ?? '0');
    else playground.lesson?.next();
    expect(`${beat()} ${playground.lesson?.question?.id}`).not.toBe(before);
  }
}

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
});

afterEach(() => {
  vi.useRealTimers();
  playground.dispose();
});

test('a beat asks one question after another, and each can be skipped', async () => {
  train(await open('loss-spike'), 0, 420);
  expect([beat(), playground.lesson?.question?.id]).toEqual(['predict', 'next']);
  playground.lesson?.answer('jumps');
  expect([beat(), playground.lesson?.question?.id]).toEqual(['predict', 'first']);
  playground.lesson?.skip();
  expect(beat()).toBe('break');
  expect(playground.lesson?.answers).toEqual({ next: 'jumps' });
});

test('a step is an answer where one is asked for, and nowhere else', async () => {
  const worker = await open('loss-spike');
  train(worker, 0, 420);
  expect(playground.lesson?.point('steps', '100')).toBe(false);
  goTo('break');
  train(worker, 420, 540);
  expect(beat()).toBe('find');
  expect(playground.lesson?.asksFor('lamps')).toBe(false);
  expect(playground.lesson?.point('steps', '486')).toBe(true);
  expect(beat()).toBe('reply');
  expect(playground.lesson?.line.happened).toBe('You: 486.');
});

test('a warning slows the run down where there is something to watch, unless somebody hurries', async () => {
  const worker = await open('loss-spike');
  train(worker, 0, 420);
  goTo('break');
  expect(worker.last('pace')).toMatchObject({ pace: 60, atAlert: 'slow' });
  playground.lesson?.skip();
  expect(worker.last('pace')).toMatchObject({ pace: 'max', atAlert: 'nothing' });
});

test('a race trains a copy for each remedy from the last healthy checkpoint, and goes on when it has been shown', async () => {
  vi.useFakeTimers();
  const worker = await open('loss-spike');
  train(worker, 0, 420);
  goTo('break');
  train(worker, 420, 540);
  const finding = {
    detector: 'loss-spike',
    layer: 0,
    severity: 'firing',
    onset: 480,
    at: 492,
    evidence: [{ signal: 'loss', value: 1, threshold: 0.2 }],
  } as const;
  worker.say({ kind: 'detected', event: { kind: 'raised', finding }, healthyCheckpoint: 448 });
  vi.advanceTimersByTime(100);
  worker.loan = { step: 448, regions: new Map(), rows: rows(0, 448) };
  goTo('race');
  await vi.advanceTimersByTimeAsync(20);
  expect(worker.last('lend')?.step).toBe(448);
  expect(playground.lesson?.seen.lane('clip')).toBeUndefined();
  for (const remedy of ['divide-rate', 'clip']) {
    const copy = FakeWorker.latest;
    const { recipe, until, inheritance } = copy.last('start')!;
    expect(until).toBe(448 + 600);
    expect(inheritance?.step).toBe(448);
    expect(recipe.timeline.map(({ at, by, rewindTo }) => [at, by, rewindTo])).toEqual([
      [0, 'raise-rate', undefined],
      [448, remedy, undefined],
    ]);
    copy.ready();
    train(copy, 448, 1048);
    vi.advanceTimersByTime(200);
  }
  expect(beat()).toBe('race');
  vi.advanceTimersByTime(1000);
  expect(playground.lesson?.race.shown).toBeGreaterThan(0);
  expect(playground.lesson?.race.shown).toBeLessThan(600);
  playground.lesson?.skip();
  expect(beat()).toBe('raced');
  expect(playground.lesson?.seen.lane('clip')).toMatchObject({ from: 448, step: 1047 });
  expect(playground.lesson?.line.happened).toBe('A tenth of the rate: no spike. Clipping: no spike.');
});

test('would it have held: the remedy is in before the fault, which strikes again at its step', async () => {
  const worker = await open('dead-relu');
  train(worker, 0, 400);
  goTo('break');
  const { timeline } = plannedRecipe(playground.lesson!.lesson, playground.lesson!.lesson.recipe);
  worker.say({ kind: 'intervened', entry: timeline[0]! });
  train(worker, 400, 475, 0.77);
  train(worker, 475, 501, 0.77);
  goTo('held');
  await lent();
  const { recipe } = FakeWorker.latest.last('start')!;
  expect(recipe.timeline).toEqual([
    { at: 384, by: 'batch-norm', change: { kind: 'set', settings: { batchNorm: true } } },
    timeline[0],
  ]);
});

test('another run takes the place of this one in the middle of a lesson, and belongs to it', async () => {
  const worker = await open('input-shift');
  train(worker, 0, 400);
  goTo('xor');
  expect(worker.terminated || worker.last('stop') !== undefined).toBe(true);
  const xor = FakeWorker.latest;
  expect(xor.last('start')?.recipe).toMatchObject({ data: 'xor', timeline: [] });
  xor.ready();
  train(xor, 0, 400);
  expect(beat()).toBe('turn');
  expect(xor.last('unseal')).toBeDefined();
  expect(xor.last('intervene')).toMatchObject({ by: 'drift-inputs', change: { rotate: 90, shift: 0 } });
  xor.say({ kind: 'production', step: 300, right: 0.98, count: 1000 });
  // Of before the turn: it is about other inputs.
  expect(playground.lesson?.seen.production).toBeUndefined();
  train(xor, 400, 460);
  xor.say({ kind: 'production', step: 460, right: 0.02, count: 1000 });
  expect(playground.lesson?.seen.production).toBe(0.02);
  expect(playground.lesson?.line.happened).toContain('Right in production: 2 %.');
  playground.lesson?.next();
  // What was seen when a beat ended stays.
  expect(playground.lesson?.seen.after('turned')?.production).toBe(0.02);
});

test('a limit of one’s own is the run’s from then on, and its lesson goes on', async () => {
  const worker = await open('input-shift');
  train(worker, 0, 400);
  goTo('find');
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: null });
  playground.lesson?.drift(0.5);
  expect(worker.last('intervene')).toMatchObject({ by: 'drift-inputs', change: { shift: 0.5, steps: 1 } });
  playground.dragThreshold('input-shift.kl', 0.2);
  playground.dropThreshold();
  playground.lesson?.answer('0.20');
  train(worker, 400, 410);
  expect(beat()).toBe('windows');
  expect(worker.last('judge')?.thresholds).toEqual({ 'input-shift.kl': 0.2 });
});

test('what a lesson plans, it plans for every run: another seed is that of the run in its middle too', async () => {
  await open('input-shift');
  const { lesson } = playground.lesson!;
  const planned = plannedBeats(lesson, { ...lesson.recipe, seed: 99 });
  expect(new Set(planned.map(({ recipe }) => recipe.seed))).toEqual(new Set([99]));
  expect(planned.find(({ beat }) => beat.id === 'scale')?.recipe.timeline.map(({ at }) => at)).toEqual([
    400, 460,
  ]);
});

test.each(['loss-spike', 'dead-relu', 'input-shift', 'short-loss-spike', 'short-ring'])(
  'a teacher’s link to %s keeps back what explains, one beat after another, until Space',
  async (id) => {
    await open(id, '&answers=off');
    const explaining = playground.lesson!.lesson.beats.filter(({ explains }) => explains);
    expect(explaining).not.toEqual([]);
    for (const one of explaining) {
      goTo(one.id);
      expect(playground.lesson?.line, one.id).toEqual({
        happened: 'What happened here, and why?',
        next: 'Press space for the answer.',
      });
      expect(playground.covers, one.id).toMatchObject({ lamps: true, happened: true });
      keyAction(new KeyboardEvent('keydown', { key: ' ' }), playground)?.();
      expect(beat()).toBe(one.id);
      expect(playground.lesson?.line.happened, one.id).not.toContain('What happened here');
    }
  },
);

test.each(scenarios.map(shortLessonId))(
  '%s goes from its first beat to its end, and is finished then',
  async (id) => {
    await open(id);
    const { beats } = playground.lesson!.lesson;
    goTo(beats.at(-1)!.id);
    expect(playground.lesson?.line.happened).not.toContain('undefined');
    playground.lesson?.next();
    expect(playground.lesson).toBeUndefined();
    expect(Object.keys(readProgress())).toEqual([id]);
  },
);

test('a lesson that cannot be loaded says so, and the default run is there', () => {
  playground = new Playground({ search: '?lesson=loss-spike', reducedMotion: false });
  expect(playground.lesson).toBeUndefined();
  expect(playground.notices.all.at(-1)?.text).toContain('The lesson did not load');
  expect(playground.looked.recipe.data).toBe('circle');
});
