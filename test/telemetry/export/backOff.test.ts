// The pauses between tries: growing, bounded, spread, and as long as a collector asks for.
import { describe, expect, test } from 'vitest';
import { backOffMs, toldMs } from '../../../src/telemetry/export/backOff.ts';

const now = Date.UTC(2026, 0, 1);
const browsers = Array.from({ length: 200 }, (_, i) => now + 37 * i);

describe('the pause after a failure', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [6, 32_000],
    [7, 60_000],
    [2_000, 60_000],
  ])('number %d is between half and all of %d ms', (failures, whole) => {
    const pauses = browsers.map((time) => backOffMs(failures, time));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(whole / 2);
    expect(Math.max(...pauses)).toBeLessThan(whole);
  });

  test('is another in every browser: thirty do not come back in the same tenth of it', () => {
    const tenths = browsers.slice(0, 30).map((time) => Math.floor(backOffMs(7, time) / 3_000));
    expect(new Set(tenths).size).toBeGreaterThan(5);
  });
});

describe('Retry-After', () => {
  test.each([
    ['5', 5_000],
    [' 0 ', 0],
    [new Date(now + 30_000).toUTCString(), 30_000],
    [new Date(now - 30_000).toUTCString(), 0],
    ['86400', 600_000],
    [null, null],
    ['', null],
    ['soon', null],
  ])('%j is %j ms', (header, milliseconds) => {
    expect(toldMs(header, now)).toBe(milliseconds);
  });
});
