// Sine and cosine of our own against the platform's.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cosine, sine } from '../../src/core/trigonometry.ts';

test('agree with Math.sin and Math.cos within 1e-12 up to 1,000 radians', () => {
  fc.assert(
    fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (angle) => {
      expect(Math.abs(sine(angle) - Math.sin(angle))).toBeLessThan(1e-12);
      expect(Math.abs(cosine(angle) - Math.cos(angle))).toBeLessThan(1e-12);
    }),
    { numRuns: 5000 },
  );
});

const eighths = Array.from({ length: 65 }, (_, k) => ((k - 32) * Math.PI) / 4);
test.each(eighths)('agree at %d, where the reduction has its borders', (angle) => {
  for (const near of [angle - 1e-9, angle, angle + 1e-9]) {
    expect(Math.abs(sine(near) - Math.sin(near))).toBeLessThan(1e-12);
    expect(Math.abs(cosine(near) - Math.cos(near))).toBeLessThan(1e-12);
  }
});

test('are exact at 0', () => {
  expect([sine(0), cosine(0)]).toEqual([0, 1]);
});
