// What telemetry would cost on a larger network, from what was measured on this one.
import { expect, test } from 'vitest';
import { extrapolated, isCapped, widened } from '../../../src/app/state/extrapolate.ts';
import { pickSettings, telemetryLevels } from '../../../src/core/settings.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { networkShape, seriesCount, sizeOf } from '../../../src/signals/series.ts';

const recipe = parseRecipe({});
const shape = networkShape(recipe, { features: 2, classes: 2 });
const size = sizeOf(shape, false);
const settings = (telemetry: (typeof telemetryLevels)[number]) => ({ ...pickSettings(recipe), telemetry });
const measured = { series: 847, recorded: 847, points: 856, bytes: 91_000, gzip: 9000, milliseconds: 1.4 };

test.each(telemetryLevels)('%s: a network of the same size costs what was measured', (level) => {
  const series = seriesCount(settings(level), shape);
  expect(extrapolated({ ...measured, series }, settings(level), size, 337)).toEqual({ ...measured, series });
});

test('core and per-layer signals cost no more on a larger network', () => {
  expect(extrapolated({ ...measured, series: 13 }, settings('core'), size, 7e9).series).toBe(13);
  expect(extrapolated({ ...measured, series: 16 }, settings('per-layer-gradients'), size, 7e9).series).toBe(
    16,
  );
});

test('neurons grow with the square root of the parameters: four times as many are twice the units', () => {
  expect(widened(size, 4 * 337)).toEqual({ layers: 2, units: 64, parameters: 1348, batch: 128 });
  expect(extrapolated({ ...measured, series: 48 }, settings('per-neuron'), size, 4 * 337).series).toBe(
    13 + 3 + 64,
  );
});

test('per weight, every figure grows with the series: two for each parameter', () => {
  const series = 13 + 2 * 109_184 + 576 + 128;
  const larger = extrapolated(measured, settings('per-weight'), size, 109_184);
  expect(larger.series).toBe(series);
  for (const key of ['points', 'bytes', 'gzip', 'milliseconds'] as const)
    expect(larger[key] / measured[key]).toBeCloseTo(series / 847, 10);
});

test('figures are capped where fewer series were recorded than there are', () => {
  expect([isCapped(measured), isCapped({ ...measured, recorded: 400 })]).toEqual([false, true]);
});
