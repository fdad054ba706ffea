// A finding is said aloud once, however many frames are drawn while it stands.
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
const frames = 90;

beforeAll(loadAll);
beforeEach(() => {
  vi.useFakeTimers();
  useFakeWorkers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an alert is said once, and not again with each frame', { timeout: 30_000 }, async () => {
  const mounted = mount(Panels, { target: document.body, props: { search: '' } });
  const worker = FakeWorker.latest;
  worker.ready();
  worker.rows(packedRows(0, 402, () => ({ loss: 0.2, gradientNorm: 1, accuracy: 0.9, dead: 0 })));
  worker.say({
    kind: 'intervened',
    entry: {
      at: 402,
      by: 'kill-relus',
      change: { kind: 'push-biases', layer: 1, units: 14, perStep: -0.1, steps: 70 },
    },
  });
  flushSync();
  const region = document.querySelector('p.visually-hidden[aria-live=polite]');
  const said: string[] = [];
  const observer = new MutationObserver(() => said.push(region?.textContent ?? ''));
  observer.observe(region!, { childList: true, characterData: true, subtree: true });
  worker.rows(packedRows(402, 1, () => ({ loss: 0.6, gradientNorm: 0.2, accuracy: 0.6, dead: 0.875 })));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: dead }, healthyCheckpoint: 384 });
  let live = 0;
  for (let frame = 0; frame < frames; frame++) {
    worker.rows(
      packedRows(403 + frame, 1, () => ({ loss: 0.6, gradientNorm: 0.2, accuracy: 0.6, dead: 0.875 })),
    );
    flushSync();
    await vi.advanceTimersByTimeAsync(frameMilliseconds);
    if (frame % 15 > 0) continue;
    live = Math.max(
      live,
      [...document.querySelectorAll('[aria-live], [role=alert], [role=status]')].filter((one) =>
        /dead/.test(one.textContent),
      ).length,
    );
  }
  observer.disconnect();
  const ofAlert = said.filter((text) => /dead/i.test(text));
  expect(ofAlert).toHaveLength(1);
  expect(live).toBe(1);
  await unmount(mounted);
});
