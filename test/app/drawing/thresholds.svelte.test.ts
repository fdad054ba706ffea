// The handle on a threshold: a slider that keys move, in shares of its axis.
import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import { share, valueOf } from '../../../src/app/charts/scale.ts';
import ThresholdLayer from '../../../src/app/charts/ThresholdLayer.svelte';

const scale = { kind: 'log', low: 0.1, high: 100, ticks: [], format: String } as const;

test.each([scale, { ...scale, kind: 'linear', low: 0, high: 1 } as const])(
  'a value and its share ($kind)',
  (of) => {
    for (const part of [0, 0.25, 0.5, 1]) expect(share(valueOf(part, of), of)).toBeCloseTo(part, 2);
    expect(valueOf(2, of)).toBe(of.high);
  },
);

test('arrow keys move the threshold, up means higher; alarms stand at their steps', async () => {
  const moved: (readonly [string, number, boolean])[] = [];
  const layer = mount(ThresholdLayer, {
    target: document.body,
    props: {
      thresholds: [{ name: 'loss-spike.warning', value: 5, label: '5×', tone: 'warning' }],
      scale,
      window: { from: 0, to: 100 },
      area: { left: 50, top: 17, width: 400, height: 80 },
      alarms: [
        { step: 40, severity: 'warning' },
        { step: 400, severity: 'firing' },
      ],
      onmove: (...move: readonly [string, number, boolean]) => moved.push(move),
    },
  });
  flushSync();
  const handle = document.querySelector('[role=slider]');
  expect(handle?.getAttribute('aria-valuenow')).toBe('5');
  expect(handle?.getAttribute('aria-valuetext')).toBe('5×');
  for (const key of ['ArrowUp', 'PageDown', 'a'])
    handle?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  expect(moved.map(([name]) => name)).toEqual(['loss-spike.warning', 'loss-spike.warning']);
  expect(moved[0]?.[1]).toBeGreaterThan(5);
  expect(moved[1]?.[1]).toBeLessThan(5);
  flushSync();
  expect(handle?.getAttribute('aria-valuetext')).toBe('5×, 2 alarms, first at step 40');
  for (const key of ['Home', 'End'])
    handle?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  expect(moved.slice(2).map(([, value]) => value)).toEqual([scale.low, scale.high]);
  expect(document.querySelectorAll('[role=img]')).toHaveLength(1);
  await unmount(layer);
});
