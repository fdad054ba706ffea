// Lines with steps of their own, joined on one time axis, with every value as its share of the axis.
import type { ChartLine, ChartScale, ChartWindow } from './chart.ts';
import { place, share, type Edge } from './scale.ts';

type Scale = Pick<ChartScale, 'kind' | 'low' | 'high'>;

/** Consecutive samples of a line that had to be drawn at an edge. */
export interface EdgeRun {
  readonly line: number;
  readonly edge: Edge;
  readonly from: number;
  readonly to: number;
}

export interface JoinedLines {
  /** Ascending, without repeats. */
  readonly steps: number[];
  /** One column per line: a share of the axis 0–1, null = interrupted, undefined = no sample at this step. */
  readonly columns: (number | null | undefined)[][];
  readonly edgeRuns: readonly EdgeRun[];
}

/** Joins what lies in the window, and one sample on each side so that lines run on to its ends. */
export function joinLines(lines: readonly ChartLine[], scale: Scale, window: ChartWindow): JoinedLines {
  const places = lines.map(({ steps }) => Math.max(0, firstAfter(steps, window.from) - 1));
  const ends = lines.map(({ steps }) => Math.min(steps.length, firstAfter(steps, window.to) + 1));
  const steps: number[] = [];
  const columns: (number | null | undefined)[][] = lines.map(() => []);
  for (let step = nextStep(lines, places, ends); step < Infinity; step = nextStep(lines, places, ends)) {
    steps.push(step);
    lines.forEach((line, index) => {
      const at = places[index] ?? 0;
      const isHere = at < (ends[index] ?? 0) && line.steps[at] === step;
      columns[index]?.push(isHere ? drawn(line.values[at], scale) : undefined);
      if (isHere) places[index] = at + 1;
    });
  }
  return { steps, columns, edgeRuns: lines.flatMap((line, index) => edgeRuns(line, index, scale, window)) };
}

function nextStep(lines: readonly ChartLine[], places: readonly number[], ends: readonly number[]): number {
  let next = Infinity;
  lines.forEach(({ steps }, index) => {
    const at = places[index] ?? 0;
    if (at < (ends[index] ?? 0)) next = Math.min(next, steps[at] ?? Infinity);
  });
  return next;
}

function drawn(value: number | null | undefined, scale: Scale): number | null | undefined {
  return value === null || value === undefined ? value : share(value, scale);
}

/** Index of the first step above a step; the length where there is none. */
export function firstAfter(steps: ArrayLike<number>, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? Infinity) > step) high = middle;
    else low = middle + 1;
  }
  return low;
}

function edgeRuns({ steps, values }: ChartLine, line: number, scale: Scale, window: ChartWindow): EdgeRun[] {
  const runs: EdgeRun[] = [];
  const end = firstAfter(steps, window.to);
  let isOpen = false;
  for (let at = firstAfter(steps, window.from - 1); at < end; at++) {
    const value = values[at];
    if (value === undefined) continue;
    const edge = value === null ? null : place(value, scale).edge;
    const [step, last] = [steps[at] ?? 0, runs.at(-1)];
    if (edge !== null && isOpen && last?.edge === edge) runs[runs.length - 1] = { ...last, to: step };
    else if (edge !== null) runs.push({ line, edge, from: step, to: step });
    isOpen = edge !== null;
  }
  return runs;
}
