// Learning-rate schedules: tables against their formulas, exact f32, the same table for equal settings.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rateFactors, scheduledRate } from '../../src/core/schedule.ts';
import { schedules } from '../../src/core/settings.ts';

const plain = { schedule: 'constant', warmUp: 0, scheduleSteps: 100, scheduleFactor: 0.1 } as const;

const arbitrary = fc.record({
  learningRate: fc.double({ min: 0, max: 1e6, noNaN: true }),
  schedule: fc.constantFrom(...schedules),
  warmUp: fc.integer({ min: 0, max: 300 }),
  scheduleSteps: fc.integer({ min: 1, max: 300 }),
  scheduleFactor: fc.double({ min: 0, max: 1, noNaN: true }),
});
const step = fc.integer({ min: 0, max: 5000 });

/** The definition, by the platform's own cosine and power. */
function expectedFactor(settings: Parameters<typeof rateFactors>[0], at: number): number {
  const { schedule, warmUp, scheduleSteps, scheduleFactor: f } = settings;
  if (at < warmUp) return (at + 1) / warmUp;
  const t = at - warmUp;
  if (schedule === 'constant') return 1;
  if (schedule === 'step') return f ** Math.min(10, Math.floor(t / scheduleSteps));
  return t >= scheduleSteps ? f : f + ((1 - f) * (1 + Math.cos((Math.PI * t) / scheduleSteps))) / 2;
}

describe('the factor on the learning rate', () => {
  test('is that of the formulas at every step, whatever the settings', () => {
    fc.assert(
      fc.property(arbitrary, step, (settings, at) => {
        const factors = rateFactors(settings);
        const expected = expectedFactor(settings, at);
        const factor = factors[Math.min(at, factors.length - 1)]!;
        expect(Math.abs(factor - expected)).toBeLessThanOrEqual(1e-7 * expected + 1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  test('without a schedule is 1 at every step', () => {
    expect(rateFactors(plain)).toEqual(new Float32Array([1]));
  });

  test('climbs in a straight line to 1 and stays there', () => {
    expect(rateFactors({ ...plain, warmUp: 4 })).toEqual(new Float32Array([0.25, 0.5, 0.75, 1, 1]));
  });

  test('of a cosine begins with 1 after the warm-up, is halfway in the middle, and ends with the factor', () => {
    const settings = {
      ...plain,
      schedule: 'cosine',
      warmUp: 2,
      scheduleSteps: 4,
      scheduleFactor: 0.5,
    } as const;
    const factors = rateFactors(settings);
    expect([factors.length, factors[0], factors[1], factors[2]]).toEqual([7, 0.5, 1, 1]);
    expect(factors[4]).toBeCloseTo(0.75, 7);
    expect(factors[6]).toBe(0.5);
  });

  test('of a cosine never rises, and is 0 at the end only where it ends with 0', () => {
    const factors = rateFactors({ ...plain, schedule: 'cosine', scheduleSteps: 20_000, scheduleFactor: 0 });
    expect(factors.every((factor, at) => at === 0 || factor <= factors[at - 1]!)).toBe(true);
    expect([factors.indexOf(0), factors.length]).toEqual([20_000, 20_001]);
  });

  test('of steps drops at their borders, ten times at most', () => {
    const factors = rateFactors({
      ...plain,
      schedule: 'step',
      warmUp: 1,
      scheduleSteps: 3,
      scheduleFactor: 0.5,
    });
    expect([...factors.subarray(0, 8)]).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25]);
    expect(factors.at(-1)).toBe(0.5 ** 10);
    expect(factors.length).toBe(1 + 10 * 3 + 1);
  });

  test('of steps may be 0 after the first drop, or never drop', () => {
    const after = (scheduleFactor: number) =>
      rateFactors({ ...plain, schedule: 'step', scheduleSteps: 2, scheduleFactor });
    expect([...after(0).subarray(0, 4)]).toEqual([1, 1, 0, 0]);
    expect(new Set(after(1))).toEqual(new Set([1]));
  });

  test('is one table for equal settings, whatever else they hold', () => {
    const table = rateFactors({ ...plain, warmUp: 9 });
    expect(rateFactors({ ...plain, warmUp: 9 })).toBe(table);
    expect(rateFactors(Object.assign({ learningRate: 3 }, plain, { warmUp: 9 }))).toBe(table);
    expect(rateFactors({ ...plain, warmUp: 8 })).not.toBe(table);
  });

  test('is right again after more schedules than are remembered', () => {
    const lengths = Array.from({ length: 100 }, (_, warmUp) => rateFactors({ ...plain, warmUp }).length);
    expect(lengths).toEqual(Array.from({ length: 100 }, (_, warmUp) => warmUp + 1));
    expect(rateFactors({ ...plain, warmUp: 4 })[0]).toBe(0.25);
  });
});

describe('the rate of a step', () => {
  test('is a product of two f32 values, rounded once', () => {
    fc.assert(
      fc.property(arbitrary, step, (settings, at) => {
        const factors = rateFactors(settings);
        const [rate, factor] = [
          new Float32Array([settings.learningRate]),
          factors[Math.min(at, factors.length - 1)]!,
        ];
        expect(scheduledRate(settings, at)).toBe(Math.fround(rate[0]! * factor));
      }),
    );
  });

  test('without a schedule is the learning rate in f32', () => {
    expect(scheduledRate({ ...plain, learningRate: 0.1 }, 12_345)).toBe(Math.fround(0.1));
  });
});
