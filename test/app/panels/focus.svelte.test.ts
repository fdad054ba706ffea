// Where the focus goes when what had it is taken away: to what came in its place, or to what opened it; never away from somewhere else.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadAll } from '../../../src/app/panels/later.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { appears, find, seen } from '../byTestId.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import Panels from './Panels.svelte';

const raised: Intervention = { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } };
const lowered: Intervention = {
  at: 412,
  by: 'divide-rate',
  rewindTo: 384,
  change: { kind: 'scale-rate', factor: 0.1 },
};
const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 403,
  at: 403,
  evidence: [{ signal: 'gradient_norm', value: 13, baseline: 1, threshold: 10 }],
};
const rows = (first: number, count: number) =>
  packedRows(first, count, () => ({ loss: 0.2, gradientNorm: 1, accuracy: 0.9 }));
const card = () => document.querySelector('[aria-label="What happened"] .inside');

let mounted: ReturnType<typeof mount>;
let worker: FakeWorker;

beforeAll(loadAll);

beforeEach(() => {
  useFakeWorkers();
  mounted = mount(Panels, { target: document.body, props: { search: '' } });
  worker = FakeWorker.latest;
  worker.ready();
  worker.rows(rows(0, 402));
  flushSync();
});

afterEach(() => unmount(mounted));

function breakIt(): void {
  find('fault-raise-rate').click();
  worker.say({ kind: 'intervened', entry: raised });
  worker.rows(rows(402, 10));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: spike }, healthyCheckpoint: 384 });
  flushSync();
}

/** The broken run answers a remedy that was pressed with a run from its checkpoint. */
function fork(): void {
  worker.say({
    kind: 'forked',
    recipe: { ...worker.last('start')!.recipe, timeline: [raised, lowered] },
    generation: 1,
    inheritance: { step: 384, regions: new Map(), rows: rows(0, 384) },
  });
  flushSync();
}

test('from a remedy to the card of the repaired run', async () => {
  breakIt();
  expect(card()?.getAttribute('aria-label')).toBe('Alert');
  find('remedy-divide-rate').focus();
  find('remedy-divide-rate').click();
  fork();
  await tick();
  expect(document.activeElement).toBe(card());
  expect(card()?.getAttribute('aria-label')).toBe('Receipt');
});

test('from “Do nothing and watch” to the same card', async () => {
  breakIt();
  find('watch').focus();
  find('watch').click();
  flushSync();
  await tick();
  expect(document.activeElement).toBe(card());
});

test('from a card that an alert replaces to the alert; but who is at a button elsewhere stays there', async () => {
  find('ship').focus();
  breakIt();
  await tick();
  expect(document.activeElement).toBe(find('ship'));
  (card() as HTMLElement).focus();
  worker.say({ kind: 'failed', text: 'lost' });
  flushSync();
  await tick();
  expect(document.activeElement).toBe(card());
  expect(card()?.getAttribute('aria-label')).toBe('Error');
});

test('from a drawer that “More wrecks” opened back to “More wrecks”', async () => {
  find('more-faults').click();
  flushSync();
  find('blindfold-controls').focus();
  find('blindfold-controls').click();
  await appears('apply-blindfold');
  document.querySelector<HTMLElement>('[aria-label="Close Blindfold"]')!.click();
  flushSync();
  await tick();
  expect(seen('drawer-blindfold')).toBeNull();
  expect(document.activeElement).toBe(find('more-faults'));
});
