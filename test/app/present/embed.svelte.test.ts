// In a frame: everything that is wrong with its link is told, for nothing else on it would.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closePresented, openPresented, useFakePage } from './presented.ts';

const told = (): string => {
  flushSync();
  return document.querySelector('[role=alert]')?.textContent ?? '';
};

beforeEach(useFakePage);
afterEach(closePresented);

test('a misspelt key, and every wrong one', async () => {
  await openPresented('?embed=lamps&sead=7');
  expect(told()).toContain('“sead”');
  await closePresented();
  await openPresented('?embed=lamps&seed=x&batch=0&hide=nosuch');
  for (const field of ['seed', 'batch', 'hide']) expect(told()).toContain(`“${field}”`);
});

test('a good link has nothing to say', async () => {
  await openPresented('?embed=lamps&seed=7');
  expect(told()).toBe('');
});
