// What is said aloud: a finding once, however many frames are drawn while it stands and however its numbers move.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { loadAll } from '../../../src/app/panels/later.ts';
import type { Finding } from '../../../src/detectors/detector.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import Panels from './Panels.svelte';

const dead: Finding = {
  detector: 'dead-neurons',
  layer: 1,
  severity: 'firing',
  onset: 403,
  at: 403,
  evidence: [{ signal: 'dead_neuron_ratio', value: 0.875, threshold: 0.2 }],
};
const frameMilliseconds = 100;
/** Nine seconds. */
const frames = 90;
const entry = {
  at: 402,
  by: 'kill-relus',
  change: { kind: 'push-biases', layer: 1, units: 14, perStep: -0.1, steps: 70 },
} as const;

beforeAll(loadAll);
beforeEach(() => {
  vi.useFakeTimers();
  useFakeWorkers();
});
afterEach(async () => {
  vi.useRealTimers();
  await unmount(mounted);
});

let mounted: ReturnType<typeof mount>;
let worker: FakeWorker;

/** A run that has just been broken; the list holds what is said of it from now on. */
function begin(): string[] {
  mounted = mount(Panels, { target: document.body, props: { search: '' } });
  worker = FakeWorker.latest;
  worker.ready();
  worker.rows(packedRows(0, 402, () => ({ loss: 0.2, gradientNorm: 1, accuracy: 0.9, dead: 0 })));
  worker.say({ kind: 'intervened', entry });
  flushSync();
  const region = document.querySelector('p.visually-hidden[aria-live=polite]');
  const said: string[] = [];
  new MutationObserver(() => said.push(region?.textContent ?? '')).observe(region!, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return said;
}

function alarm(ratio: number): void {
  worker.rows(packedRows(402, 1, () => ({ loss: 0.6, gradientNorm: 0.2, accuracy: 0.6, dead: ratio })));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: dead }, healthyCheckpoint: 384 });
  flushSync();
}

interface Frames {
  readonly count: number;
  readonly dead: (step: number) => number;
  /** Called now and then. */
  readonly look?: () => void;
}

/** Draws frames from a step on, one step each. */
async function draw(first: number, { count, dead, look }: Frames): Promise<void> {
  for (let step = first; step < first + count; step++) {
    worker.rows(
      packedRows(step, 1, () => ({ loss: 0.6, gradientNorm: 0.2, accuracy: 0.6, dead: dead(step) })),
    );
    flushSync();
    await vi.advanceTimersByTimeAsync(frameMilliseconds);
    if (step % 15 === 0) look?.();
  }
}

test('an alert is said once, and not again with each frame', { timeout: 30_000 }, async () => {
  const said = begin();
  alarm(0.875);
  let live = 0;
  const look = () => {
    const all = [...document.querySelectorAll('[aria-live], [role=alert], [role=status]')];
    live = Math.max(live, all.filter((one) => /dead/.test(one.textContent)).length);
  };
  await draw(403, { count: frames, dead: () => 0.875, look });
  expect(said.filter((text) => /dead/i.test(text))).toHaveLength(1);
  expect(live).toBe(1);
});

test('a number that moves is not news; that the alert is over is', { timeout: 30_000 }, async () => {
  const said = begin();
  alarm(0.25);
  const moving = (step: number) => 0.25 + (step % 11) / 16;
  await draw(403, { count: frames, dead: moving });
  expect(said).toEqual([expect.stringMatching(/^\d+ of 16 neurons in layer 1 are dead\./)]);
  await draw(403 + frames, { count: 200, dead: moving });
  expect(said).toHaveLength(2);
  const over = { kind: 'resolved', detector: dead.detector, layer: 1, at: 690 } as const;
  worker.say({ kind: 'detected', event: over, healthyCheckpoint: 384 });
  await draw(603 + frames, { count: 30, dead: () => 0 });
  expect(said.at(-1)).toContain('came back to life');
});

test('a run that stands still at an alert says so', async () => {
  const said = begin();
  alarm(0.875);
  worker.say({ kind: 'paused', paused: true, reason: 'alert' });
  flushSync();
  await vi.advanceTimersByTimeAsync(3000);
  expect(said).toEqual([expect.stringMatching(/^Paused at the alert: Dead neurons\. 14 of 16/)]);
});
