// Call it: nothing tells before it is called, the detectors' step is told afterwards, and a link of any day opens that day's run.
import { beforeEach, expect, test, vi } from 'vitest';
import { loadLinkedCall } from '../../../src/app/state/calling.svelte.ts';
import { readCalls, streakOf } from '../../../src/app/state/callProgress.ts';
import { shareLine, theDetectors, verdict } from '../../../src/app/state/callWords.ts';
import { keyAction } from '../../../src/app/state/keys.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { undrifted } from '../../../src/core/stateFaults.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { callOf, callSteps } from '../../../src/lessons/call/callOf.ts';
import { dayOf } from '../../../src/lessons/call/day.ts';
import { moreMenu, phoneMenu } from '../../../src/app/panels/menus.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

const day = '2026-11-23';
const call = callOf(day);
let playground: Playground;

async function open(search = `?call=${day}`): Promise<FakeWorker> {
  const called = await loadLinkedCall(search);
  playground = new Playground({ search, reducedMotion: false, linked: { called } });
  FakeWorker.latest.ready();
  return FakeWorker.latest;
}

function train(worker: FakeWorker, first: number, end: number): void {
  worker.rows(packedRows(first, end - first, () => ({ loss: 0.2, accuracy: 0.9, dead: 0 })));
}

const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 441,
  at: 441,
  evidence: [{ signal: 'gradient_norm', value: 9, baseline: 1, threshold: 5 }],
};

function alarm(worker: FakeWorker): void {
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: spike }, healthyCheckpoint: 384 });
}

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
});

test('nothing tells before it is called: lamps, marks, buttons, charts, line, link and the run without it', async () => {
  const worker = await open();
  expect(worker.last('start')?.recipe).toEqual(call.recipe);
  expect(worker.last('pace')).toMatchObject({ atAlert: 'nothing' });
  expect(worker.last('halt')).toEqual({ kind: 'halt', at: callSteps });
  train(worker, 0, 500);
  alarm(worker);
  expect(playground.covers).toMatchObject({ lamps: true, happened: true });
  expect(playground.readings.finding).toBeUndefined();
  expect(playground.readings.faults.every(({ blocked }) => blocked === 'Call it first.')).toBe(true);
  expect(playground.readings.line.happened).not.toMatch(/spike|batch/i);
  expect(playground.address).toBe(`?call=${day}`);
  playground.toggleTwin();
  expect(playground.showsTwin).toBe(false);
  playground.pressFault('raise-rate');
  expect(worker.last('intervene')).toBeUndefined();
  playground.ship();
  expect(playground.view.unsealed).toBe(false);
  // Nor does anything else that a person could press; what is off says why.
  expect(playground.mustCall).toBe('Call it first.');
  playground.step();
  playground.pressDrift({ kind: 'drift', ...undrifted, shift: 2, steps: 1 });
  playground.blindfold(['loss']);
  playground.dragThreshold('loss-spike.gradientFactor', 2);
  expect(playground.thresholds).toEqual(call.recipe.thresholds);
  expect(playground.edit('learningRate', 0.5)).toEqual([
    { field: 'learningRate', value: 0.5, reason: 'Call it first.' },
  ]);
  expect([worker.last('step'), worker.last('intervene')]).toEqual([undefined, undefined]);
  const items = [...moreMenu(playground), ...phoneMenu(playground)].flatMap((group) => group.items);
  for (const item of items.filter((one) => ['twin', 'step'].includes(one.id)))
    expect(item).toMatchObject({ disabled: true, note: 'Call it first.' });
});

test('Z and the menu’s undo tell nothing: before the fault and after it they are off, say why, and the call goes on', async () => {
  const worker = await open();
  const undo = () =>
    moreMenu(playground)
      .flatMap(({ items }) => items)
      .find(({ id }) => id === 'undo');
  for (const [first, end] of [
    [0, 440],
    [440, 500],
  ] as const) {
    train(worker, first, end);
    expect([playground.canUndo, undo()]).toEqual([
      false,
      expect.objectContaining({ disabled: true, note: 'Call it first.' }),
    ]);
    keyAction(new KeyboardEvent('keydown', { key: 'z' }), playground)?.();
    expect(FakeWorker.latest).toBe(worker);
    expect(playground.call?.phase).toBe('running');
    expect(playground.notices.all.map(({ text }) => text)).toEqual(['Call it first.']);
  }
  playground.call?.stop();
  playground.call?.name(call.answer);
  expect([playground.canUndo, undo()?.disabled]).toEqual([true, false]);
});

test('what else is wrong with its link is told all the same', async () => {
  const told = () => playground.notices.all.map(({ text }) => text).join('\n');
  await open(`?call=${day}&hide=nosuch`);
  expect(told()).toContain('“hide” is "nosuch"');
  await open(`?call=${day}&seed=7&sead=8&engine=tfjs.cpu&pace=600&hide=share`);
  expect(told()).toBe('Call it has a run of its own: seed, sead of the link was left out.');
});

test('stopped and named, the result says who was first, and the run trains on for the detectors', async () => {
  const worker = await open();
  train(worker, 0, 500);
  keyAction(new KeyboardEvent('keydown', { key: ' ' }), playground)?.();
  expect(playground.call?.phase).toBe('naming');
  expect(worker.last('pause')).toEqual({ kind: 'pause', paused: true });
  playground.call?.name(call.answer);
  expect(playground.call?.phase).toBe('over');
  expect(playground.covers.lamps).toBe(false);
  expect(worker.last('pace')).toMatchObject({ pace: 'max' });
  expect(theDetectors(playground.call!.heard)).toContain('still looking');
  alarm(worker);
  const { called, heard } = playground.call!;
  expect(verdict(call, called!)).toMatch(/^Right\. One batch .*, at step 441\.$/);
  expect(shareLine(call, called!, heard)).toBe(
    `Trainwreck call ${day}: I called it at step 499, the detectors at 441.`,
  );
  expect(readCalls()).toEqual({ [day]: true });
  playground.leaveCall();
  expect(playground.call).toBeUndefined();
  expect(playground.address).toContain('do=441,bad-batch');
});

test('who lets it run has said that nothing is wrong; who was wrong is told kindly, and only the first answer counts', async () => {
  const worker = await open();
  train(worker, 0, callSteps);
  const { called, heard } = playground.call!;
  expect(called).toEqual({ answer: 'nothing', at: undefined });
  expect(verdict(call, called!)).toMatch(/^One batch had/);
  expect(theDetectors(heard)).toBe('No detector fired.');
  await open();
  train(FakeWorker.latest, 0, 500);
  playground.call?.stop();
  playground.call?.name(call.answer);
  expect(readCalls()).toEqual({ [day]: false });
});

test('a day that is none opens today’s and says so; another run ends the call', async () => {
  await open('?call=2026-02-30');
  expect(playground.call?.call.day).toBe(dayOf(new Date()));
  expect(playground.notices.all[0]?.text).toContain('“2026-02-30”');
  playground.setScenario('moons');
  expect(playground.call).toBeUndefined();
  await open('?call');
  expect(playground.call?.call.day).toBe(dayOf(new Date()));
});

test('days in a row are counted back from a day, over the end of a month', () => {
  const calls = { '2026-11-30': true, '2026-12-01': true, '2026-12-02': true, '2026-11-28': true };
  expect(streakOf(calls, '2026-12-02')).toBe(3);
  expect(streakOf(calls, '2026-11-29')).toBe(0);
});

test('where storage is forbidden or damaged, it is called all the same', async () => {
  for (const stored of ['{', '[1]', 'null', '{"x":true,"2026-11-23":1}']) {
    localStorage.setItem('trainwreck.calls', stored);
    expect(readCalls()).toEqual({});
  }
  const forbidden = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('forbidden');
  });
  const worker = await open();
  train(worker, 0, callSteps);
  expect(playground.call?.phase).toBe('over');
  forbidden.mockRestore();
});
