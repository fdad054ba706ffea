import { expect, test } from 'vitest';
import { clearOf, ruleLabels, spread } from '../../../src/app/charts/labels.ts';

test('numbers beside the axis are moved apart, in order and within it', () => {
  expect(spread([50, 46], 13, 100)).toEqual([59, 46]);
  expect(spread([98, 99], 13, 100)).toEqual([87, 100]);
  expect(spread([10, 90], 13, 100)).toEqual([10, 90]);
  expect(spread([], 13, 100)).toEqual([]);
});

test('ticks give way to thresholds', () => {
  const ticks = [{ at: 0 }, { at: 40 }, { at: 80 }];
  expect(clearOf(ticks, [45], 13)).toEqual([{ at: 0 }, { at: 80 }]);
});

test('the text of a rule goes right of it, left where the plot ends, down where another stands, and becomes a dot', () => {
  const rules = [
    { at: 100, width: 100 },
    { at: 120, width: 60 },
    { at: 140, width: 40 },
    { at: 390, width: 50 },
  ];
  expect(ruleLabels(rules, 400, 2)).toEqual([
    { left: 105, row: 0 },
    { left: 125, row: 1 },
    { left: 140, row: null },
    { left: 335, row: 0 },
  ]);
});

test('a text wider than the plot becomes a dot', () => {
  expect(ruleLabels([{ at: 10, width: 500 }], 400, 2)).toEqual([{ left: 10, row: null }]);
});
