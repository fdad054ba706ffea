import { expect, test } from 'vitest';
import { reachOf, seekByKey } from '../../../src/app/charts/seek.ts';
import { tableRows, valueAt, valueText } from '../../../src/app/charts/valueAt.ts';
import type { ChartLine } from '../../../src/app/charts/chart.ts';

const line = (steps: number[], values: (number | null | undefined)[]): ChartLine => ({
  id: 'loss',
  label: 'training',
  tone: 'ink',
  dashed: false,
  width: 2,
  steps,
  values,
});

test('between evaluations a line says what it said last, and nothing before it begins or after it ends', () => {
  const evaluated = line([10, 20], [1, 2]);
  expect([9, 10, 19, 20, 21].map((step) => valueAt(evaluated, step))).toEqual([
    undefined,
    1,
    1,
    2,
    undefined,
  ]);
});

test('where a signal was not emitted, it says nothing', () => {
  expect(valueAt(line([0, 1, 2], [1, null, undefined]), 2)).toBeUndefined();
  expect(valueAt(line([0, 1], [1, undefined]), 1)).toBe(1);
});

test.each([
  [undefined, '–'],
  [NaN, 'NaN'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
  [0.21342341601848602, '0.213'],
])('%s reads %s', (value, text) => {
  expect(valueText(value, { format: String })).toBe(text);
});

test('a table has at most 60 evenly spaced rows, the first and last step among them', () => {
  const steps = Array.from({ length: 2000 }, (_, step) => step);
  const rows = tableRows([line(steps, steps)], { from: 100, to: 1500 });
  expect(rows).toHaveLength(60);
  expect([rows[0], rows[59]].map((row) => row!.step)).toEqual([100, 1500]);
  expect(tableRows([line([1, 2, 3], [1, 2, 3])], { from: 0, to: 9 })).toHaveLength(3);
  expect(tableRows([], { from: 0, to: 9 })).toEqual([]);
});

test('keys move the cursor within the window', () => {
  const key = (key: string, cursor: number | null, shiftKey = false) =>
    seekByKey({ key, shiftKey }, cursor, { from: 100, to: 200 });
  expect(key('ArrowLeft', 150)).toBe(149);
  expect(key('ArrowRight', 150, true)).toBe(160);
  expect(key('ArrowRight', 200)).toBe(200);
  expect(key('ArrowLeft', null)).toBe(199);
  expect(key('PageDown', 120)).toBe(100);
  expect(key('Home', 150)).toBe(100);
  expect(key('Escape', 150)).toBeNull();
  expect(key('a', 150)).toBeUndefined();
});

test('looking back begins at the last step that there is, not in the future', () => {
  const reach = reachOf({ from: 0, to: 480 }, [177, 150]);
  expect(seekByKey({ key: 'ArrowLeft', shiftKey: false }, null, reach)).toBe(176);
  expect(seekByKey({ key: 'End', shiftKey: false }, 20, reach)).toBe(177);
  expect(reachOf({ from: 100, to: 480 }, [600])).toEqual({ from: 100, to: 480 });
  expect(reachOf({ from: 100, to: 480 }, [])).toEqual({ from: 100, to: 100 });
});
