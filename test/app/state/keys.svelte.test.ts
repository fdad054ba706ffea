// Keys do what the list of keys says, and nothing while somebody types.
import { beforeEach, expect, test } from 'vitest';
import { keyAction } from '../../../src/app/state/keys.ts';
import { keepKeys } from '../../../src/app/state/pageKeys.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';

let playground: Playground;

function press(key: string, target: HTMLElement = document.body, modifiers: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, ...modifiers });
  Object.defineProperty(event, 'target', { value: target });
  const action = keyAction(event, playground);
  action?.();
  return action !== undefined;
}

beforeEach(() => {
  useFakeWorkers();
  playground = new Playground({ search: '', reducedMotion: false });
  FakeWorker.latest.ready();
});

test('Space pauses, S steps, a digit presses its fault', () => {
  press(' ');
  expect(FakeWorker.latest.last('pause')).toEqual({ kind: 'pause', paused: true });
  press('s');
  expect(FakeWorker.latest.last('step')).toBeDefined();
  press('2');
  expect(FakeWorker.latest.last('intervene')).toMatchObject({ by: 'kill-relus' });
});

test('R starts again, ? opens the list of keys, Escape closes it', () => {
  const before = FakeWorker.latest;
  press('r');
  expect(before.terminated).toBe(true);
  press('?');
  expect(playground.view.drawer).toBe('keys');
  press('Escape');
  expect(playground.view.drawer).toBeUndefined();
});

test('nothing happens while somebody types, or with a modifier', () => {
  const input = document.body.appendChild(document.createElement('input'));
  expect(press('s', input)).toBe(false);
  expect(press('r', document.body, { ctrlKey: true })).toBe(false);
  input.type = 'checkbox';
  expect([press('s', input), press('Escape', input)]).toEqual([false, true]);
  input.remove();
});

test('no key of the page acts behind a table that is open over it, and Escape is left to the table', () => {
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.open = true;
  expect(['2', 'r', ' ', 'Escape'].filter((key) => press(key))).toEqual([]);
  dialog.remove();
  expect(press('Escape')).toBe(true);
});

test('single characters that were switched off do nothing, on the next visit neither; Escape goes on closing', () => {
  keepKeys(false);
  playground = new Playground({ search: '', reducedMotion: false });
  expect(['2', 'r', ' ', '?', 'Z'].filter((key) => press(key))).toEqual([]);
  expect(press('Escape')).toBe(true);
  keepKeys(true);
  expect(new Playground({ search: '', reducedMotion: false }).view.keys).toBe(true);
});
