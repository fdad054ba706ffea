import { expect, test } from 'vitest';
import type { ChartLine } from '../../../src/app/charts/chart.ts';
import { joinLines } from '../../../src/app/charts/joinLines.ts';
import { place, share, stepAt, stepTicks } from '../../../src/app/charts/scale.ts';

const scale = { kind: 'log', low: 0.01, high: 100 } as const;
const line = (steps: number[], values: (number | null | undefined)[]): ChartLine => ({
  id: 'loss',
  label: 'training',
  tone: 'ink',
  dashed: false,
  width: 2,
  steps,
  values,
});
const window = { from: 0, to: 10 };

test('lines with steps of their own share one ascending axis', () => {
  const { steps, columns } = joinLines(
    [line([0, 1, 2], [1, 1, 1]), line([0, 2, 4], [100, 0.01, 1])],
    scale,
    window,
  );
  expect(steps).toEqual([0, 1, 2, 4]);
  expect(columns).toEqual([
    [0.5, 0.5, 0.5, undefined],
    [1, undefined, 0, 0.5],
  ]);
});

test('not evaluated leaves the line whole, not emitted interrupts it', () => {
  const { columns, edgeRuns } = joinLines([line([0, 1, 2], [1, undefined, null])], scale, window);
  expect(columns).toEqual([[0.5, undefined, null]]);
  expect(edgeRuns).toEqual([]);
});

test('only the window is joined, and one sample on each side', () => {
  const steps = Array.from({ length: 101 }, (_, step) => step);
  const joined = joinLines(
    [
      line(
        steps,
        steps.map(() => 1),
      ),
    ],
    scale,
    { from: 40, to: 43 },
  );
  expect(joined.steps).toEqual([40, 41, 42, 43, 44]);
  expect(joinLines([line([0, 50, 90], [1, 1, 1])], scale, { from: 40, to: 60 }).steps).toEqual([0, 50, 90]);
});

test('no lines and empty lines join to nothing', () => {
  expect(joinLines([], scale, window)).toEqual({ steps: [], columns: [], edgeRuns: [] });
  expect(joinLines([line([], [])], scale, window)).toEqual({ steps: [], columns: [[]], edgeRuns: [] });
});

test('a diverged run stays on the chart: what left the scale is at its edge, and said to be', () => {
  const values = [1, 1000, Infinity, NaN, NaN, 1, 0, -1, -Infinity];
  const { columns, edgeRuns } = joinLines([line([0, 1, 2, 3, 4, 5, 6, 7, 8], values)], scale, window);
  expect(columns).toEqual([[0.5, 1, 1, 1, 1, 0.5, 0, 0, 0]]);
  expect(edgeRuns).toEqual([
    { line: 0, edge: 'high', from: 1, to: 2 },
    { line: 0, edge: 'nan', from: 3, to: 4 },
    { line: 0, edge: 'low', from: 6, to: 8 },
  ]);
});

test('an interruption ends what is said of the edge', () => {
  const { edgeRuns } = joinLines([line([0, 1, 2], [NaN, null, NaN])], scale, window);
  expect(edgeRuns.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [2, 2],
  ]);
});

test.each([
  [0.01, 0, null],
  [100, 1, null],
  [0, 0, 'low'],
  [101, 1, 'high'],
  [NaN, 1, 'nan'],
])('on a logarithmic axis from 0.01 to 100, %f lies at %f and is beyond: %s', (value, at, edge) => {
  expect(share(value, scale)).toBe(at);
  expect(place(value, scale).edge).toBe(edge);
});

test('a linear axis is linear', () => {
  expect(share(0.75, { kind: 'linear', low: 0.5, high: 1 })).toBe(0.5);
});

test('steps on the axis are round, within the window and far enough apart', () => {
  expect(stepTicks({ from: 0, to: 600 }, 456)).toEqual([0, 100, 200, 300, 400, 500, 600]);
  expect(stepTicks({ from: 130, to: 1130 }, 300)).toEqual([500, 1000]);
  expect(stepTicks({ from: 0, to: 0 }, 300)).toEqual([0]);
  expect(stepTicks({ from: 0, to: 3 }, 456)).toEqual([0, 1, 2, 3]);
});

test('a pointer beyond the plot means its end', () => {
  expect([-1, 0.5, 2].map((part) => stepAt(part, { from: 100, to: 200 }))).toEqual([100, 150, 200]);
});
