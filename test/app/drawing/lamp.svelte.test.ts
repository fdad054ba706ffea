import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import Lamp from '../../../src/app/drawing/Lamp.svelte';
import type { LampState } from '../../../src/app/drawing/lampLights.ts';

function lamp(props: { state: LampState; label?: string; size?: number }): Element {
  const target = document.createElement('div');
  const component = mount(Lamp, { target, props });
  flushSync();
  const drawn = target.querySelector('[role="img"]')!.cloneNode(true) as Element;
  void unmount(component);
  return drawn;
}

const places = (element: Element) =>
  [...element.querySelectorAll('.light')].map((light) => [
    Number(light.getAttribute('cx')),
    Number(light.getAttribute('cy')),
  ]);

test.each([
  ['clear', 'clear'],
  ['warning', 'warning'],
  ['firing', 'firing'],
  ['dark', 'dark: not emitted'],
  ['none', 'not applicable'],
] as const)('a lamp that is %s is called "%s"', (state, name) => {
  expect(lamp({ state }).getAttribute('aria-label')).toBe(name);
});

test('a label of its own is the whole name', () => {
  expect(lamp({ state: 'firing', label: 'loss: firing' }).getAttribute('aria-label')).toBe('loss: firing');
});

test('the state is where the lights are: vertical, rising diagonal, horizontal, none', () => {
  const [clear, warning, firing] = (['clear', 'warning', 'firing'] as const).map((state) =>
    places(lamp({ state })),
  );
  expect(new Set(clear!.map(([x]) => x)).size).toBe(1);
  expect(new Set(firing!.map(([, y]) => y)).size).toBe(1);
  expect(warning!.every(([x, y]) => Math.abs(x! + y! - 24) < 1e-9)).toBe(true);
  expect(places(lamp({ state: 'dark' }))).toEqual([]);
});
