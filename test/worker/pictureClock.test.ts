// Pictures come as often as the page asked, and never for more than one part in 25 of the time.
import { expect, test } from 'vitest';
import { restAfter } from '../../src/worker/pictureClock.ts';

test.each([0, 0.1, 3, 20, 400, 60_000])('a picture of %d ms takes at most 4 %% of the time', (cost) => {
  const rest = restAfter(cost, 12, 'flatOut');
  expect(cost / (cost + rest)).toBeLessThanOrEqual(0.04 + 1e-12);
  expect(cost + rest).toBeGreaterThanOrEqual(1000 / 12 - 1e-9);
});

test('where training waits for its pace they come more often', () => {
  expect(restAfter(40, 12, 'paced')).toBe(120);
  expect(restAfter(40, 12, 'flatOut')).toBe(960);
});

test('cheap pictures come as often as they were asked for', () => {
  expect(1 + restAfter(1, 10, 'flatOut')).toBe(100);
});
