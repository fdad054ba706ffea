// Instrumenting too much: more than 200 series.
import { describe, expect, test } from 'vitest';
import { overInstrumentation } from '../../src/detectors/overInstrumentation.ts';
import { eventsOf, findingsOf, rowsOf, told } from './rows.ts';

const events = (counts: readonly number[], overrides?: Readonly<Record<string, number>>) =>
  eventsOf(overInstrumentation, rowsOf(counts.map((telemetry_series) => ({ telemetry_series }))), overrides);
const says = (counts: readonly number[], overrides?: Readonly<Record<string, number>>) =>
  told(events(counts, overrides));

describe('a number of series', () => {
  test('above 200 fires at that step, and is over at the step where it is not', () => {
    expect(says([13, 847, 847, 13, 201])).toEqual(['firing@1', 'resolved@3', 'firing@4']);
  });

  test('of 200 is not too many', () => {
    expect(says([200, 200, 200])).toEqual([]);
  });

  test('of NaN is neither too many nor few enough', () => {
    expect(says([NaN, 13, NaN])).toEqual([]);
    expect(says([847, NaN, NaN])).toEqual(['firing@0']);
  });

  test('is judged by the threshold of the recipe', () => {
    expect(says([847], { 'over-instrumentation.series': 1000 })).toEqual([]);
    expect(says([13], { 'over-instrumentation.series': 12 })).toEqual(['firing@0']);
  });
});

test('what was seen is told with its numbers', () => {
  const [finding] = findingsOf(events([13, 109184]));
  expect(finding).toMatchObject({ at: 1, onset: 1, layer: 0 });
  expect(finding?.evidence).toEqual([{ signal: 'telemetry_series', value: 109184, threshold: 200 }]);
  expect(overInstrumentation.observation(finding!)).toBe('109,184 time series (limit 200).');
});
