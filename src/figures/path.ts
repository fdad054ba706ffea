// A series as the path of a line: what is too dense for the pixels is drawn by its extremes, and NaN is a gap with a mark of its own.
import { shareOf, type Axis } from './axis.ts';
import { xOf, type Frame } from './frame.ts';
import type { Series } from './series.ts';
import { pixels } from './svg.ts';

export interface Box {
  readonly top: number;
  readonly height: number;
}

export function yOf(value: number, axis: Axis, { top, height }: Box): number {
  return top + (1 - shareOf(value, axis)) * height;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the points in one column of pixels, in order: the first, the highest, the lowest and the last. */
function extremes(points: readonly Point[]): readonly Point[] {
  if (points.length <= 4) return points;
  const ys = points.map(({ y }) => y);
  const places = [0, ys.indexOf(Math.min(...ys)), ys.indexOf(Math.max(...ys)), points.length - 1];
  return [...new Set(places)].sort((a, b) => a - b).flatMap((place) => points[place] ?? []);
}

function thinned(points: readonly Point[]): readonly Point[] {
  const columns = new Map<number, Point[]>();
  for (const point of points) {
    const column = Math.floor(point.x);
    const found = columns.get(column);
    if (found) found.push(point);
    else columns.set(column, [point]);
  }
  return [...columns.values()].flatMap(extremes);
}

/** Stretches without NaN and without a gap: a signal comes at every step, or at every evaluation. */
function stretches({ steps, values }: Series): readonly Series[] {
  const found: { steps: number[]; values: number[] }[] = [];
  const usual = steps.reduce(
    (least, step, index) => Math.min(least, step - (steps[index - 1] ?? -Infinity)),
    Infinity,
  );
  let isOpen = false;
  steps.forEach((step, index) => {
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) isOpen = false;
    else {
      const hasGap = step - (steps[index - 1] ?? step) > 2 * usual;
      if (!isOpen || hasGap) found.push({ steps: [], values: [] });
      isOpen = true;
      found.at(-1)?.steps.push(step);
      found.at(-1)?.values.push(value);
    }
  });
  return found;
}

function command({ x, y }: Point, index: number): string {
  return `${index === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`;
}

/** The `d` of a path; empty where there is nothing to draw. Infinite values lie at the edge. */
export function pathOf(series: Series, frame: Frame, axis: Axis, box: Box): string {
  return stretches(series)
    .map(({ steps, values }) => {
      const points = steps.map((step, index) => ({
        x: xOf(step, frame),
        y: yOf(values[index] ?? NaN, axis, box),
      }));
      // A single value is a dot.
      const [only] = points;
      if (points.length === 1 && only) return `${command(only, 0)}h0.1`;
      return thinned(points).map(command).join('');
    })
    .join('');
}

/** Steps from … to that are NaN, one after another. */
export function nanStretches({ steps, values }: Series): readonly (readonly [from: number, to: number])[] {
  const found: [number, number][] = [];
  let isOpen = false;
  steps.forEach((step, index) => {
    const isNaN = Number.isNaN(values[index]);
    if (isNaN && !isOpen) found.push([step, step]);
    const last = found.at(-1);
    if (isNaN && last) last[1] = step;
    isOpen = isNaN;
  });
  return found;
}
