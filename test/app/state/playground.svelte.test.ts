// The playground: what presses send, and which runs they open.
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { trackRun } from '../../../src/app/state/trackRuns.ts';
import { ownStory } from '../../../src/app/state/ownStart.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import type { Recipe } from '../../../src/core/recipe.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { deadRelu } from '../../../src/scenarios/deadRelu.ts';
import { scenarios } from '../../../src/scenarios/index.ts';
import { writeLink } from '../../../src/scenarios/writeLink.ts';
import { clouds, encoded } from '../../data/csv/tables.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

const raised: Intervention = { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } };
const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 403,
  at: 403,
  evidence: [
    { signal: 'gradient_norm', value: 13, baseline: 1, threshold: 10 },
    { signal: 'loss', value: 3, baseline: 0.2 },
  ],
};

let playground: Playground;

function opened(search = ''): Playground {
  playground = new Playground({ search, reducedMotion: false });
  FakeWorker.latest.ready();
  return playground;
}

function rows(first: number, count: number) {
  return packedRows(first, count, (step) => ({
    loss: 0.2,
    gradientNorm: 1,
    accuracy: 0.9,
    ...(step % 10 === 0 && { validation: [0.2, 0.91] as const }),
  }));
}

/** A run that was broken at step 402, with the alert a step later. */
function broken(): FakeWorker {
  opened();
  const worker = FakeWorker.latest;
  worker.rows(rows(0, 402));
  playground.pressFault('raise-rate');
  worker.say({ kind: 'intervened', entry: raised });
  worker.rows(rows(402, 10));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: spike }, healthyCheckpoint: 384 });
  return worker;
}

function forked(worker: FakeWorker, recipe: Recipe): void {
  worker.say({
    kind: 'forked',
    recipe,
    generation: 1,
    inheritance: { step: 384, regions: new Map(), rows: rows(0, 384) },
  });
}

beforeEach(() => {
  useFakeWorkers();
});

test('a run starts with the recipe, engine and pace of the address', () => {
  opened('?seed=7&engine=tfjs.cpu&pace=600');
  const start = FakeWorker.latest.last('start');
  expect(start).toMatchObject({ engine: 'tfjs.cpu', pace: 600, atAlert: 'slow', generation: 0 });
  expect(start?.recipe.seed).toBe(7);
});

test.each([
  ['?engine=webgpu', 'engine', 'compiled.plain'],
  ['?engine=Compiled', 'engine', 'compiled.plain'],
  ['?pace=61', 'pace', '6, 60, 600, max'],
  ['?pace=MAX', 'pace', '6, 60, 600, max'],
  ['?answers=off', 'answers', 'beside a lesson only'],
])('%s is told, with what there is', (search, field, there) => {
  opened(search);
  expect(playground.problems.map((problem) => problem.field)).toEqual([field]);
  expect(playground.readings.line.happened).toContain(there);
});

test('what is wrong with a link is told in its own words', () => {
  opened('?v=1&do=5,,slope=0.1');
  expect(playground.readings.line.happened).toContain('“name of the 1st do=”');
  opened('?v=2');
  expect(playground.readings.line.happened).toContain('“v” is 2');
});

test('a link to a table of one’s own tells what else is wrong with it', () => {
  const own = ownStory(encoded(clouds()).table!);
  const search = `?${writeLink(own.scenario.recipe)}&hide=nosuch`;
  playground = new Playground({ search, reducedMotion: false, linked: { own } });
  expect(playground.own).toBe(own.table);
  expect(playground.problems.map(({ field }) => field)).toEqual(['hide']);
});

test('under reduced motion a run pauses at alerts', () => {
  playground = new Playground({ search: '', reducedMotion: true });
  expect(FakeWorker.latest.last('start')?.atAlert).toBe('pause');
});

test('a damaged link opens the default run and says which field was wrong', () => {
  opened('?train=-5');
  expect(playground.readings.line.happened).toContain('“train”');
});

test('a fault on a healthy run waits until it has learned; what the worker stamps joins the link', () => {
  const worker = broken();
  expect(worker.last('intervene')).toEqual({
    kind: 'intervene',
    by: 'raise-rate',
    change: raised.change,
    whenLearned: true,
  });
  expect(playground.looked.recipe.timeline).toEqual([raised]);
  expect(playground.address).toContain('402,raise-rate');
  expect(playground.looked.chapter).toBe('broken');
});

test('an entry that a link has already is not written twice', () => {
  opened('?do=402,raise-rate,scale-rate=10');
  FakeWorker.latest.rows(rows(0, 402));
  FakeWorker.latest.say({ kind: 'intervened', entry: raised });
  expect(playground.looked.recipe.timeline).toEqual([raised]);
});

describe('a remedy', () => {
  test('asks the broken run for a fork, and the new run is looked at', () => {
    const worker = broken();
    playground.pressRemedy('divide-rate');
    expect(worker.last('fork')?.entries).toEqual([
      { kind: 'open', by: 'divide-rate', rewindTo: 384, change: { kind: 'scale-rate', factor: 0.1 } },
    ]);
    const entry = {
      at: 412,
      by: 'divide-rate',
      rewindTo: 384,
      change: { kind: 'scale-rate', factor: 0.1 },
    } as const;
    forked(worker, { ...playground.looked.recipe, timeline: [raised, entry] });
    expect(worker.last('background')).toBeUndefined();
    FakeWorker.latest.ready();
    expect(worker.last('background')).toEqual({ kind: 'background', pace: 'max', until: 2000 });
    expect(playground.before?.name).toBe('A');
    expect(playground.looked.name).toBe('B');
    expect(playground.looked.chapter).toBe('repaired');
    expect(playground.alert).toBeUndefined();
    const twin = FakeWorker.latest.last('start');
    expect(twin).toMatchObject({ atAlert: 'nothing', pictures: 0, until: 2000, recipe: { timeline: [] } });
  });

  test('the receipt compares the three runs', () => {
    const worker = broken();
    const entry = {
      at: 412,
      by: 'divide-rate',
      rewindTo: 384,
      change: { kind: 'scale-rate', factor: 0.1 },
    } as const;
    forked(worker, { ...playground.looked.recipe, timeline: [raised, entry] });
    const repaired = FakeWorker.latest;
    repaired.ready();
    const twin = FakeWorker.latest;
    twin.ready();
    twin.rows(rows(0, 2000));
    repaired.rows(rows(384, 60));
    worker.rows(packedRows(412, 1588, (step) => (step % 10 === 0 ? { validation: [0.9, 0.5] } : {})));
    flushSync();
    expect(playground.readings.receipt).toMatchObject({
      discarded: 28,
      regained: 0,
      without: { steps: 1588, open: true },
    });
    expect(playground.readings.line.happened).toBe('Repaired: 91 % again, 28 steps lost.');
  });
});

test('another fault on a broken run starts a new run, and is pressed there', () => {
  const worker = broken();
  playground.pressFault('kill-relus');
  expect(worker.last('fork')?.entries).toEqual([
    { kind: 'open', by: 'edit', rewindTo: 384, change: { kind: 'set', settings: { learningRate: 0.1 } } },
  ]);
  const entry = {
    at: 412,
    by: 'edit',
    rewindTo: 384,
    change: { kind: 'set', settings: { learningRate: 0.1 } },
  } as const;
  forked(worker, { ...playground.looked.recipe, timeline: [raised, entry] });
  const fresh = FakeWorker.latest;
  fresh.ready();
  expect(fresh.last('intervene')).toMatchObject({ by: 'kill-relus' });
});

test('the same fault again goes to the same run', () => {
  const worker = broken();
  playground.pressFault('raise-rate');
  expect(worker.last('fork')).toBeUndefined();
  expect(worker.heard.filter(({ kind }) => kind === 'intervene')).toHaveLength(2);
});

test('undo opens the run as it was before the press, at full speed up to there', () => {
  broken();
  playground.undo();
  const worker = FakeWorker.latest;
  expect(worker.last('start')).toMatchObject({ pace: 'max', recipe: { timeline: [] } });
  worker.ready();
  worker.rows(rows(0, 300));
  expect(worker.last('pace')).toBeUndefined();
  worker.rows(rows(300, 110));
  expect(worker.last('pace')).toEqual({ kind: 'pace', pace: 60, atAlert: 'slow' });
});

describe('a gap', () => {
  const gap: Finding = {
    detector: 'observability-gap',
    layer: 0,
    severity: 'firing',
    onset: 402,
    at: 421,
    evidence: [{ signal: 'validation_loss', value: 20, threshold: 20 }],
  };
  const hidden: Intervention = {
    at: 402,
    by: 'hide-signals',
    change: { kind: 'set', settings: { unemitted: ['validation_loss', 'validation_accuracy'] } },
  };

  /** A run that was blindfolded at step 402, with the gap found. */
  function blindfolded(): FakeWorker {
    opened();
    const worker = FakeWorker.latest;
    worker.rows(rows(0, 402));
    worker.say({ kind: 'intervened', entry: hidden });
    worker.rows(rows(402, 30));
    worker.say({ kind: 'detected', event: { kind: 'raised', finding: gap }, healthyCheckpoint: 384 });
    return worker;
  }

  test('is no alert: it opens no card, and a fault pressed after it needs no run of its own', () => {
    const worker = blindfolded();
    expect(playground.alert).toBeUndefined();
    expect(playground.readings.active).toEqual([]);
    expect(playground.readings.gap?.finding).toEqual(gap);
    expect(playground.readings.line.happened).toBe('Not emitted: validation_loss.');
    playground.pressFault('kill-relus');
    expect(worker.last('intervene')).toMatchObject({ by: 'kill-relus' });
  });

  test('stands on the track as a dark signal', () => {
    blindfolded();
    expect(trackRun(playground.looked, 'looked').alerts).toEqual([
      { step: 421, label: 'Observability gap', state: 'dark' },
    ]);
  });

  test('does not hide an alert that comes after it', () => {
    const later = { ...spike, onset: 425, at: 425 };
    blindfolded().say({
      kind: 'detected',
      event: { kind: 'raised', finding: later },
      healthyCheckpoint: 384,
    });
    expect(playground.alert?.finding).toEqual(later);
    expect(playground.readings.gap?.finding).toEqual(gap);
  });

  test('is closed by what it offers', () => {
    const worker = blindfolded();
    const [offered] = playground.readings.gapRemedies;
    expect(offered?.text).toBe('Emit validation_loss and validation_accuracy again, from here');
    playground.pressRemedy('emit-signals', playground.readings.gap);
    expect(worker.last('fork')?.entries).toMatchObject([
      { by: 'emit-signals', change: { settings: { unemitted: [] } } },
    ]);
  });
});

describe('shipping', () => {
  const hide: Intervention = {
    at: 402,
    by: 'hide-signals',
    change: { kind: 'set', settings: { unemitted: ['gradient_norm'] } },
  };
  const spiking = (first: number, count: number) =>
    packedRows(first, count, () => ({ loss: 3, gradientNorm: 30, accuracy: 0.5, validation: [3, 0.5] }));

  /** A run whose rate was raised while nobody saw the gradient norm, shipped at step 439. */
  function shippedBlind(): FakeWorker {
    opened();
    const worker = FakeWorker.latest;
    worker.rows(rows(0, 402));
    worker.say({ kind: 'intervened', entry: hide });
    worker.say({ kind: 'intervened', entry: raised });
    worker.rows(spiking(402, 38));
    playground.ship();
    worker.say({ kind: 'paused', paused: true, reason: 'asked' });
    worker.say({ kind: 'production', step: 440, right: 0.5, count: 1000 });
    return worker;
  }

  test('rests, unseals, and says what the hidden signal would have told', () => {
    const worker = shippedBlind();
    expect(worker.last('unseal')).toBeDefined();
    expect(worker.last('pause')).toEqual({ kind: 'pause', paused: true });
    const { postMortem } = playground.shipping;
    expect(postMortem).toMatchObject({ at: 439, received: '0', isFine: false, causeAt: 402 });
    expect(postMortem?.unseen).toMatchObject({ detector: 'loss-spike' });
    expect(playground.readings.line.happened).toBe('You shipped at step 439: 50 % right in production.');
    expect(playground.shipping.remedies[0]?.text).toBe('Rewind to 384, learning rate ÷ 10');
    playground.shipping.close();
    expect(playground.shipping.postMortem).toBeUndefined();
  });

  test('a run that goes on has not been shipped; and no figure of an earlier step is taken for this one', () => {
    const worker = shippedBlind();
    playground.togglePause();
    worker.say({ kind: 'paused', paused: false, reason: 'asked' });
    worker.rows(spiking(440, 5));
    worker.say({ kind: 'paused', paused: true, reason: 'asked' });
    expect(playground.shipping.postMortem).toBeUndefined();
    playground.ship();
    expect(playground.shipping.postMortem).toMatchObject({ at: 444, production: undefined });
  });

  test('the same run again emits everything, in a hurry, and is not silent about its alert', () => {
    shippedBlind();
    const at = playground.shipping.postMortem?.unseen?.at ?? NaN;
    playground.shipping.replay();
    expect(FakeWorker.latest.last('start')).toMatchObject({
      pace: 'max',
      atAlert: 'slow',
      recipe: { unemitted: [], timeline: [raised] },
    });
    FakeWorker.latest.ready();
    FakeWorker.latest.rows(rows(0, at + 99));
    expect(FakeWorker.latest.last('pace')).toBeUndefined();
    FakeWorker.latest.rows(rows(at + 99, 1));
    expect(FakeWorker.latest.last('pace')).toMatchObject({ pace: 60 });
  });

  test('the blindfold hides what was chosen; what it emits again is no fault', () => {
    opened();
    const worker = FakeWorker.latest;
    worker.rows(rows(0, 402));
    playground.blindfold(['gradient_norm']);
    expect(worker.last('intervene')).toMatchObject({ by: 'hide-signals', change: hide.change });
    worker.say({ kind: 'intervened', entry: hide });
    playground.blindfold([]);
    expect(worker.last('intervene')).toMatchObject({
      by: 'edit',
      change: { kind: 'set', settings: { unemitted: [] } },
    });
  });
});

describe('an edit', () => {
  test('of a setting goes live', () => {
    opened();
    expect(playground.edit('learningRate', 0.2)).toEqual([]);
    expect(FakeWorker.latest.last('intervene')).toMatchObject({
      by: 'edit',
      change: { kind: 'set', settings: { learningRate: 0.2 } },
    });
  });

  test('of anything else starts a new run', () => {
    opened();
    const before = FakeWorker.latest;
    expect(playground.edit('hidden', [8])).toEqual([]);
    expect(before.terminated).toBe(true);
    expect(FakeWorker.latest.last('start')?.recipe.hidden).toEqual([8]);
  });

  test('that is no value names the field and changes nothing', () => {
    opened();
    const before = FakeWorker.latest;
    expect(playground.edit('hidden', [0])[0]?.field).toContain('hidden');
    expect(FakeWorker.latest).toBe(before);
  });
});

test('a reset keeps what was changed of the recipe, but for layers that the scenario’s timeline was not made for', () => {
  const scenario = deadRelu.recipe;
  opened(`?scenario=${deadRelu.id}&noise=0.2`);
  playground.reset();
  expect(FakeWorker.latest.last('start')?.recipe).toEqual({ ...scenario, noise: 0.2 });
  opened(`?scenario=${deadRelu.id}&hidden=4&do=7,edit,learningRate=0.3`);
  playground.reset();
  expect(FakeWorker.latest.last('start')?.recipe).toEqual(scenario);
});

test('what a scenario did before a press interrupted it, nobody pressed', () => {
  opened('?scenario=gradient-hidden');
  const [first] = playground.scenario.recipe.timeline;
  FakeWorker.latest.say({ kind: 'intervened', entry: first! });
  FakeWorker.latest.say({ kind: 'intervened', entry: { ...raised, at: 50 } });
  expect(playground.looked.recipe.timeline).toHaveLength(2);
  expect(playground.staged).toEqual([first]);
});

test('a thread that stops is a failed run with a reason', () => {
  opened();
  FakeWorker.latest.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  expect(playground.looked.failed).toBe('The training thread stopped: out of memory.');
  expect(playground.readings.line.next).toBe('Press Reset to start again.');
});

test('a new scenario ends every worker of the old one', () => {
  opened();
  const before = FakeWorker.latest;
  playground.setScenario('xor');
  expect(before.terminated).toBe(true);
  expect(FakeWorker.latest.last('start')?.recipe.data).toBe('xor');
});

describe.each(scenarios.filter(({ recipe }) => recipe.timeline.length > 0))(
  'the scenario $id',
  ({ id, recipe }) => {
    test('plays its own timeline, from a short address, again after a reset', () => {
      const playground = new Playground({ search: `?scenario=${id}`, reducedMotion: false });
      expect(FakeWorker.latest.last('start')?.recipe).toEqual(recipe);
      expect(playground.address).toBe(`?v=1&scenario=${id}`);
      expect(playground.staged).toEqual(recipe.timeline);
      playground.reset();
      expect(FakeWorker.latest.last('start')?.recipe).toEqual(recipe);
    });

    test('is as the menu opens it after a reset, also where a press came before its own entries', () => {
      opened(`?scenario=${id}`);
      FakeWorker.latest.say({ kind: 'intervened', entry: { ...raised, at: 0, by: 'edit' } });
      expect(playground.looked.recipe.timeline).toHaveLength(1);
      expect(playground.staged).toEqual([]);
      playground.reset();
      expect(FakeWorker.latest.last('start')?.recipe).toEqual(recipe);
      expect(playground.address).toBe(`?v=1&scenario=${id}`);
    });

    test('is as the menu opens it after a reset of a link with another timeline', () => {
      opened(`?scenario=${id}&do=7,edit,learningRate=0.3`);
      playground.reset();
      expect(FakeWorker.latest.last('start')?.recipe).toEqual(recipe);
    });
  },
);

describe('a threshold', () => {
  const moved = { 'loss-spike.warning': 3.22 };

  function move(value: number): void {
    playground.dragThreshold('loss-spike.warning', value);
    playground.dropThreshold();
  }

  test('that is dragged shows, and judges the run when it is let go: the link has it', () => {
    opened();
    playground.dragThreshold('loss-spike.warning', 3.21987);
    expect(playground.thresholds).toEqual(moved);
    expect(FakeWorker.latest.last('judge')).toBeUndefined();
    playground.dropThreshold();
    expect(FakeWorker.latest.last('judge')).toEqual({ kind: 'judge', thresholds: moved });
    expect(playground.address).toContain('threshold=loss-spike.warning:3.22');
  });

  test('that is typed does the same', () => {
    opened();
    expect(playground.edit('thresholds', moved)).toEqual([]);
    expect(FakeWorker.all).toHaveLength(1);
    expect(FakeWorker.latest.last('judge')?.thresholds).toEqual(moved);
  });

  test('takes the place of what was found by the old one', () => {
    const worker = broken();
    expect(playground.alert).toBeDefined();
    move(50);
    worker.say({ kind: 'judged', detected: [] });
    expect(playground.alert).toBeUndefined();
  });

  test('goes back where it was in one, without a new run', () => {
    opened();
    for (const value of [4, 3, 2]) move(value);
    playground.undo();
    expect(FakeWorker.latest.last('judge')?.thresholds).toEqual({});
    expect(playground.thresholds).toEqual({});
    expect(FakeWorker.all).toHaveLength(1);
    expect(playground.hasPast).toBe(false);
  });

  test('that moved while a fork was on its way is in force in the new run too', () => {
    const worker = broken();
    const old = playground.looked.recipe;
    playground.pressRemedy('divide-rate');
    move(3.22);
    const change = { kind: 'scale-rate', factor: 0.1 } as const;
    forked(worker, { ...old, timeline: [raised, { at: 412, by: 'divide-rate', rewindTo: 384, change }] });
    expect(FakeWorker.latest).not.toBe(worker);
    expect(FakeWorker.latest.last('judge')?.thresholds).toEqual(moved);
    expect(playground.looked.recipe.thresholds).toEqual(moved);
  });

  test('stays after a reset', () => {
    opened();
    move(3.22);
    playground.reset();
    expect(FakeWorker.latest.last('start')?.recipe.thresholds).toEqual(moved);
  });
});
