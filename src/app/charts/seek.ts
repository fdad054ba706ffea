// Looking back with the keys: the same on every chart and on the track.
import type { ChartWindow } from './chart.ts';

const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -50,
  PageUp: 50,
};

/** The part of a window in which there is something to look at: up to the last of these steps. */
export function reachOf({ from, to }: ChartWindow, steps: readonly number[]): ChartWindow {
  return { from, to: Math.min(to, Math.max(from, ...steps)) };
}

/**
 * Where a key moves the cursor: arrows one step (ten with Shift), Page keys fifty, Home and End the ends, Escape away (null).
 * Undefined for other keys. Without a cursor, moves begin at the end.
 */
export function seekByKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  cursor: number | null,
  { from, to }: ChartWindow,
): number | null | undefined {
  if (key === 'Escape') return null;
  if (key === 'Home') return from;
  if (key === 'End') return to;
  const move = moves[key];
  if (move === undefined) return undefined;
  return Math.min(to, Math.max(from, (cursor ?? to) + move * (shiftKey ? 10 : 1)));
}
