// The track as a slider: where it begins, and what it says of the step looked at.
import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import type { TrackRun } from '../../../src/app/drawing/track.ts';
import Track from '../../../src/app/drawing/Track.svelte';
import { useFakeWorkers } from '../panels/fakeWorker.ts';

const run: TrackRun = {
  id: 'a',
  name: 'Run A',
  note: '',
  tone: 'ink',
  from: 0,
  to: 177,
  parent: null,
  forkAt: null,
  checkpoints: [0, 64, 128],
  faults: [{ step: 100, label: 'learning rate ×10' }],
  alerts: [{ step: 100, state: 'firing', label: 'Loss spike' }],
};

test.each([
  { cursor: null, now: '177', text: 'the latest step' },
  { cursor: 90, now: '90', text: 'step 90, 91 % right' },
  { cursor: 100, now: '100', text: 'step 100, 91 % right, learning rate ×10, Loss spike' },
])('at $cursor', async ({ cursor, now, text }) => {
  useFakeWorkers();
  HTMLCanvasElement.prototype.getContext = () => null;
  const sought: (number | null)[] = [];
  const track = mount(Track, {
    target: document.body,
    props: {
      runs: [run],
      window: { from: 0, to: 480 },
      cursor,
      readout: '91 % right',
      onSeek: (step: number | null) => sought.push(step),
      onRewind: () => undefined,
    },
  });
  flushSync();
  const slider = document.querySelector('[role=slider]');
  expect(slider?.getAttribute('aria-valuenow')).toBe(now);
  expect(slider?.getAttribute('aria-valuetext')).toBe(text);
  expect(document.querySelector('p')?.textContent).toContain('Arrows look back, Enter rewinds');
  slider?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  expect(sought).toEqual([Number(now) - 1]);
  await unmount(track);
});
