// Input shift: two windows in a row whose divergence is above the limit for their size.
import { describe, expect, test } from 'vitest';
import { calibratedLimit } from '../../src/data/inputShift.ts';
import { inputShift } from '../../src/detectors/inputShift.ts';
import { context, eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const limit = calibratedLimit(2, 512, context.validation);
const [under, over] = [limit * 0.9, limit * 1.1];

/** A new window every ten steps, repeated in the rows between. */
const windows = (...values: readonly number[]): readonly Values[] =>
  values.flatMap((input_kl_divergence) => repeat(10, () => ({ input_kl_divergence })));

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(inputShift, rowsOf(rows), overrides));
}

describe('a divergence', () => {
  test('above its limit in two windows running fires with the second, and not before', () => {
    expect(says(windows(under, under, over))).toEqual([]);
    expect(says(windows(under, under, over, over, over))).toEqual(['firing@30']);
  });

  test('above it in every other window is chance', () => {
    expect(says(windows(under, over, under, over, under, over))).toEqual([]);
  });

  test('is counted once a window, not once a row', () => {
    expect(says([...windows(under), ...repeat(19, (): Values => ({ input_kl_divergence: over }))])).toEqual([
      'firing@20',
    ]);
    expect(says([...windows(under), ...windows(over)])).toEqual([]);
  });

  test('is over after two windows under the limit, and not after one', () => {
    expect(says(windows(over, over, under, over, under, over))).toEqual(['firing@10']);
    expect(says(windows(over, over, under, under, over, over))).toEqual([
      'firing@10',
      'resolved@30',
      'firing@50',
    ]);
  });

  test('of NaN is neither above the limit nor under it', () => {
    expect(says(windows(over, NaN, over, NaN))).toEqual([]);
    expect(says(windows(over, over, NaN, under, NaN, under))).toEqual(['firing@10']);
  });

  test('of infinity is above it', () => {
    expect(says(windows(Infinity, Infinity))).toEqual(['firing@10']);
  });
});

describe('the limit', () => {
  const at = (overrides: Readonly<Record<string, number>>, within = context) =>
    findingsOf(eventsOf(inputShift, rowsOf(windows(9, 9)), overrides, within))[0]?.evidence[0].threshold;

  test('is calibrated for the window, the number of inputs and the validation set where the recipe says 0', () => {
    expect(at({})).toBe(limit);
    expect(at({}, { ...context, inputs: 49 })).toBe(calibratedLimit(49, 512, context.validation));
    expect(at({}, { ...context, validation: 250 })).toBe(calibratedLimit(2, 512, 250));
    expect(at({}, { ...context, inputs: 49 })).toBeGreaterThan(limit);
  });

  test('is the recipe’s where it says one, and so is the number of windows', () => {
    expect(at({ 'input-shift.kl': 0.3 })).toBe(0.3);
    expect(says(windows(0.2, 0.2, 0.4, 0.4), { 'input-shift.kl': 0.3 })).toEqual(['firing@30']);
    expect(says(windows(over, over, over), { 'input-shift.windows': 1 })).toEqual(['firing@0']);
    expect(says(windows(over, over, over, over), { 'input-shift.windows': 4 })).toEqual(['firing@30']);
  });
});

test('what was seen is told with its numbers, from the first window above the limit on', () => {
  const [finding] = findingsOf(
    eventsOf(inputShift, rowsOf(windows(under, 0.4, 0.44)), { 'input-shift.kl': 0.3 }),
  );
  expect(finding).toMatchObject({ at: 20, onset: 10, layer: 0 });
  expect(finding?.evidence).toEqual([
    { signal: 'input_kl_divergence', value: Math.fround(0.44), threshold: 0.3 },
  ]);
  expect(inputShift.observation(finding!)).toBe(
    'KL(production ‖ validation) is 0.44 nat over 512 inputs (limit 0.30).',
  );
});
