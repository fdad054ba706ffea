// How long to wait before a collector that could not take an export is asked again.
import { streams, uniform } from '../../core/random.ts';

const firstMs = 1_000;
const longestMs = 60_000;
/** A collector may ask for a longer pause than ours, but not for one that outlasts a lesson. */
const longestToldMs = 600_000;

/**
 * Milliseconds: 1, 2, 4, … 60 s, of which between half and all is waited, so that thirty browsers do not come back at once.
 * @param failures in a row, at least 1
 * @param now milliseconds since the epoch: what tells the browsers apart
 */
export function backOffMs(failures: number, now: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return whole * (0.5 + 0.5 * uniform(now >>> 0, streams.backOff, failures));
}

/** Milliseconds from a `Retry-After` header, seconds or a date (RFC 9110); null where there is none or it says nothing. */
export function toldMs(retryAfter: string | null, now: number): number | null {
  const text = retryAfter?.trim() ?? '';
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? null : Math.min(longestToldMs, Math.max(0, milliseconds));
}
