// Elements by their data-testid, in tests of components.
import { expect } from 'vitest';

export function all(testid: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
}

export function seen(testid: string): HTMLElement | null {
  return all(testid)[0] ?? null;
}

/** @throws where there is none */
export function find(testid: string): HTMLElement {
  const found = seen(testid);
  if (!found) throw new Error(`no element with data-testid “${testid}”`);
  return found;
}

/** Waits for what comes in a file of its own, or after an answer. */
export async function appears(testid: string): Promise<HTMLElement> {
  await expect.poll(() => seen(testid), { message: `data-testid “${testid}”` }).not.toBeNull();
  return find(testid);
}
