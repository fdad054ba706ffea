// Every billing model: what it states, and what a month comes to.
import { describe, expect, test } from 'vitest';
import { billingModels } from '../../src/billing/index.ts';
import type { BillingModel } from '../../src/billing/billingModel.ts';
import { hoursOfMonth, monthOf, type Exported, type Habit } from '../../src/billing/month.ts';
import { perGigabyte } from '../../src/billing/perGigabyte.ts';
import { perMetricName } from '../../src/billing/perMetricName.ts';
import { perSeries } from '../../src/billing/perSeries.ts';

const models: readonly BillingModel[] = billingModels;
const everything: Exported = { series: 847, names: 21, bytes: 91_000 };
const always: Habit = { hours: hoursOfMonth, seconds: 60 };
const units = (model: BillingModel, habit: Partial<Habit> = {}, exported: Partial<Exported> = {}) =>
  model.units(monthOf({ ...everything, ...exported }, { ...always, ...habit }));

test('a month of exports every minute', () => {
  expect(monthOf(everything, always)).toEqual({
    hours: 730,
    seconds: 60,
    exports: 43_800,
    series: 847,
    names: 21,
    bytes: 43_800 * 91_000,
  });
});

test.each(models)('billed by $title: says where its price is from, and of when', ({ price, counted }) => {
  expect(price.page).toMatch(/^[a-z.]+\.com\/[a-z_/]+$/);
  expect(price.asOf).toMatch(/^[A-Z][a-z]+ 20\d\d$/);
  expect(price.units).toBeGreaterThan(0);
  expect(counted.length).toBeGreaterThan(40);
});

test.each(models)(
  'billed by $title: nothing is trained, nothing is billed; twice as much is never less',
  (model) => {
    expect(units(model, { hours: 0 })).toBe(0);
    for (const change of [{ series: 1694 }, { names: 42 }, { bytes: 182_000 }])
      expect(units(model, {}, change)).toBeGreaterThanOrEqual(units(model));
  },
);

describe('by series', () => {
  test('847 series at one point a minute are 847; twelve points a minute are billed as twelve times as many', () => {
    expect(units(perSeries)).toBe(847);
    expect(units(perSeries, { seconds: 5 })).toBe(847 * 12);
    expect(units(perSeries, { seconds: 600 })).toBe(847);
  });

  test('the default price makes 13 series $0.08 and 847 series $5.51 a month', () => {
    const { dollars, units: per } = perSeries.price;
    expect((units(perSeries, {}, { series: 13 }) * dollars) / per).toBeCloseTo(0.0845, 4);
    expect((units(perSeries) * dollars) / per).toBeCloseTo(5.5055, 4);
  });

  test('the 95th percentile does not see what lives for 36 hours of the month', () => {
    expect(units(perSeries, { hours: 36 })).toBe(0);
    expect(units(perSeries, { hours: 37 })).toBe(847);
  });
});

test('by metric name: series do not count, names with at most 100 points do not either', () => {
  expect(units(perMetricName, {}, { series: 218_000 })).toBe(21);
  expect(units(perMetricName, { hours: 1, seconds: 36 })).toBe(0);
  expect(units(perMetricName, { hours: 1, seconds: 35 })).toBe(21);
});

test('by GB: 91 kB every minute are 4 GB a month', () => {
  expect(units(perGigabyte)).toBeCloseTo(3.9858, 4);
});
