// For a projector: what a lesson or a call covers is covered here too, what they ask can be answered, and what a link hides is off.
import { flushSync, tick } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadAll } from '../../../src/app/panels/later.ts';
import { moreMenu } from '../../../src/app/panels/menus.ts';
import type { Playground } from '../../../src/app/state/playground.svelte.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { callOf } from '../../../src/lessons/call/callOf.ts';
import { loadTaught } from '../../../src/app/state/teaching.svelte.ts';
import { plannedRecipe } from '../../../src/lessons/plan.ts';
import { faults } from '../../../src/faults/index.ts';
import type { FakeWorker } from '../panels/fakeWorker.ts';
import { find, seen } from '../byTestId.ts';
import { closePresented, openPresented, pressKey, train, useFakePage } from './presented.ts';

const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 441,
  at: 441,
  evidence: [{ signal: 'gradient_norm', value: 9, baseline: 1, threshold: 5 }],
};

function alarm(worker: FakeWorker, finding = spike): void {
  worker.say({ kind: 'detected', event: { kind: 'raised', finding }, healthyCheckpoint: 384 });
  flushSync();
}

const lampStates = (): readonly (string | undefined)[] => [
  ...new Set(
    [...document.querySelectorAll<HTMLElement>('[data-testid^="lamp-"]')].map(
      ({ dataset }) => dataset['state'],
    ),
  ),
];
const isEnabled = (testid: string): boolean => !find(testid).hasAttribute('disabled');

beforeAll(loadAll);
beforeEach(useFakePage);
afterEach(closePresented);

describe('Call it', () => {
  const day = '2026-11-23';
  const { at = 0, answer } = callOf(day);

  test('tells nothing until it is called: lamps are covered, and bar and undo stay as they are when the fault strikes', async () => {
    const { worker } = await openPresented(`?call=${day}&present`);
    train(worker, 0, at - 1);
    const before = { next: find('present-next').textContent, canUndo: isEnabled('present-back') };
    expect(before).toMatchObject({ canUndo: false });
    expect(before.next).toContain('Stop: something is wrong');
    train(worker, at - 1, at + 60);
    alarm(worker);
    expect({ next: find('present-next').textContent, canUndo: isEnabled('present-back') }).toEqual(before);
    expect(lampStates()).toEqual(['none']);
  });

  test('is stopped by the presenter’s key and named in the card', async () => {
    const { playground, worker } = await openPresented(`?call=${day}&present`);
    train(worker, 0, at + 60);
    pressKey('ArrowRight');
    expect(playground.call?.phase).toBe('naming');
    expect(find('present-next').getAttribute('aria-disabled')).toBe('true');
    find(`call-${answer}`).click();
    flushSync();
    alarm(worker);
    expect(find('call-they').textContent).toContain('Loss spike fired at step 441');
    expect(lampStates().length).toBeGreaterThan(1);
    expect(find('present-next').textContent).toContain('Explore this run');
  });
});

describe('a lesson', () => {
  test('takes a press of a lamp for the answer that it asks for', async () => {
    const { playground, worker } = await openPresented('?lesson=observability-gap&present');
    const { lesson } = (await loadTaught('observability-gap'))!;
    const [fault] = plannedRecipe(lesson, lesson.recipe).timeline;
    train(worker, 0, fault!.at);
    worker.say({ kind: 'intervened', entry: fault! });
    train(worker, fault!.at, 1601);
    expect(playground.lesson?.question?.id).toBe('ship');
    find('lamp-generalization').click();
    flushSync();
    expect(playground.lesson?.answers).toEqual({ ship: 'generalization' });
  });

  test('with a search shows the wall, and neither lamps nor undo that would tell', async () => {
    const { playground, worker } = await openPresented('?lesson=over-instrumentation&present');
    const { lesson } = (await loadTaught('over-instrumentation'))!;
    const [wall, fault] = plannedRecipe(lesson, lesson.recipe).timeline;
    train(worker, 0, wall!.at);
    find('choice-sooner').click();
    flushSync();
    pressKey('PageDown');
    worker.say({ kind: 'intervened', entry: wall! });
    train(worker, wall!.at, fault!.at);
    worker.say({ kind: 'intervened', entry: fault! });
    train(worker, fault!.at, fault!.at + 60);
    alarm(worker, { ...spike, detector: 'dead-neurons', layer: 1 });
    expect(playground.lesson?.beat.id).toBe('find');
    expect(document.querySelector('[aria-label="Every weight"]')).not.toBeNull();
    expect(lampStates()).toEqual(['none']);
    expect(isEnabled('present-back')).toBe(false);
    expect(find('present-next').textContent).toContain('Give up the search');
    const undo = moreMenu(playground)
      .flatMap(({ items }) => items)
      .find(({ id }) => id === 'undo');
    expect(undo).toMatchObject({ disabled: true, note: 'The lesson asks first.' });
    // Who is at a button by keyboard operates it: Space presses it and does not go on.
    playground.view.byKeyboard = true;
    pressKey(' ', find('give-up'));
    expect(playground.lesson?.beat.id).toBe('find');
  });
});

test('a teacher’s link keeps lamps dark until the answer is asked for', async () => {
  const { playground, worker } = await openPresented('?lesson=loss-spike&answers=off&present');
  train(worker, 0, 420);
  while (playground.lesson?.isHidden === false) playground.lesson.next();
  alarm(worker);
  expect(lampStates()).toEqual(['none']);
  expect(find('present-next').textContent).toContain('The answer');
  pressKey('ArrowRight');
  expect(lampStates().length).toBeGreaterThan(1);
});

test('a lamp that is pressed puts its chart in, whichever it is', async () => {
  const { worker } = await openPresented('?present');
  train(worker, 0, 402);
  for (const [lamp, chart] of [
    ['loss', 'loss'],
    ['dead_neuron_ratio', 'dead'],
    ['generalization', 'generalization'],
  ] as const) {
    find(`lamp-${lamp}`).click();
    flushSync();
    expect(seen(`chart-${chart}`)).not.toBeNull();
  }
});

describe('what a link hides', () => {
  async function healthy(hide: string): Promise<{ playground: Playground; worker: FakeWorker }> {
    const opened = await openPresented(`?present&hide=${hide}`);
    train(opened.worker, 0, 402);
    return opened;
  }

  function breakIt(worker: FakeWorker): void {
    worker.say({
      kind: 'intervened',
      entry: { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
    });
    train(worker, 402, 412);
  }

  test.each(['p', '.'])('pause: %s does nothing', async (key) => {
    const { worker } = await healthy('pause');
    pressKey(key);
    expect(worker.last('pause')).toBeUndefined();
  });

  test('undo: ← does nothing', async () => {
    const { worker, playground } = await healthy('undo');
    breakIt(worker);
    expect(playground.canUndo).toBe(true);
    pressKey('ArrowLeft');
    expect(worker.terminated).toBe(false);
  });

  test('share: Q shows no code', async () => {
    await healthy('share');
    pressKey('q');
    expect(seen('link-code')).toBeNull();
  });

  test('faults: → breaks nothing; one fault: → presses another', async () => {
    const { worker } = await healthy('faults');
    pressKey('ArrowRight');
    expect(worker.last('intervene')).toBeUndefined();
    await closePresented();
    const other = await healthy(faults[0].id);
    pressKey('ArrowRight');
    expect(other.worker.last('intervene')).toMatchObject({ by: faults[1].id });
  });

  test('remedies and ship: → neither repairs nor ships', async () => {
    const { worker, playground } = await healthy('remedies.ship');
    breakIt(worker);
    alarm(worker, { ...spike, onset: 403, at: 403 });
    expect(playground.readings.remedies.length).toBeGreaterThan(0);
    pressKey('ArrowRight');
    train(worker, 412, 800);
    pressKey('ArrowRight');
    expect(worker.last('fork')).toBeUndefined();
    expect(playground.view.unsealed).toBe(false);
  });

  test('next: → goes on to no other wreck', async () => {
    const { worker, playground } = await healthy('next.remedies');
    playground.ship();
    worker.say({ kind: 'paused', paused: true, reason: 'asked' });
    worker.say({ kind: 'production', step: 402, right: 0.9, count: 1000 });
    flushSync();
    pressKey('ArrowRight');
    expect(worker.terminated).toBe(false);
    expect(find('present-next').getAttribute('aria-disabled')).toBe('true');
  });
});

test('the code gives the focus back to its button', async () => {
  const { worker } = await openPresented('?present');
  train(worker, 0, 402);
  find('present-code').focus();
  find('present-code').click();
  flushSync();
  pressKey('Escape');
  await tick();
  expect(seen('link-code')).toBeNull();
  expect(document.activeElement).toBe(find('present-code'));
});

test('characters that were switched off do nothing; what a clicker sends still does', async () => {
  const { playground, worker } = await openPresented('?present');
  train(worker, 0, 402);
  playground.view.keys = false;
  for (const key of ['q', 'p', '.', ' ']) pressKey(key);
  expect(seen('link-code')).toBeNull();
  expect(worker.last('pause') ?? worker.last('intervene')).toBeUndefined();
  pressKey('PageDown');
  expect(worker.last('intervene')).toBeDefined();
});

test('the large line is no live region: it changes with every step', async () => {
  const { worker } = await openPresented('?present');
  train(worker, 0, 402);
  expect(find('narrator').closest('[aria-live]')).toBeNull();
  expect(document.querySelectorAll('p.visually-hidden[aria-live=polite]')).toHaveLength(1);
});
