// How long the parts of a short lesson take, whatever the length of its run.

/** Seconds until something happens, for what then happens, and for what the remedy does. */
export const seconds = { before: 5, after: 10, repaired: 6 } as const;

/** Steps per second, so that so many steps take so many seconds. */
export function paceFor(steps: number, inSeconds: number): number {
  return Math.max(1, Math.round(steps / inSeconds));
}
