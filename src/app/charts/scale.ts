// Where a value lies on an axis that never rescales.
import type { ChartScale, ChartWindow } from './chart.ts';

export type Edge = 'high' | 'low' | 'nan';

/** The value to draw, and the edge at which it had to be drawn instead of where it is. */
export interface Placed {
  readonly drawn: number;
  readonly edge: Edge | null;
}

/** NaN is placed at the upper edge: a run that diverged is drawn as one, never left out. */
export function place(value: number, { low, high }: Pick<ChartScale, 'low' | 'high'>): Placed {
  if (Number.isNaN(value)) return { drawn: high, edge: 'nan' };
  if (value > high) return { drawn: high, edge: 'high' };
  if (value < low) return { drawn: low, edge: 'low' };
  return { drawn: value, edge: null };
}

/** Share of the axis below a value: 0 at the lower end, 1 at the upper. */
export function share(value: number, scale: Pick<ChartScale, 'kind' | 'low' | 'high'>): number {
  const { drawn } = place(value, scale);
  if (scale.kind === 'linear') return (drawn - scale.low) / (scale.high - scale.low);
  return Math.log(drawn / scale.low) / Math.log(scale.high / scale.low);
}

/** Share of the time axis before a step. */
export function stepShare(step: number, { from, to }: ChartWindow): number {
  return to > from ? (step - from) / (to - from) : 0;
}

/** The whole step nearest to a share of the time axis, within the window. */
export function stepAt(part: number, { from, to }: ChartWindow): number {
  return Math.min(to, Math.max(from, Math.round(from + part * (to - from))));
}

/** Round steps within the window, at least `gap` pixels apart on an axis of that width. */
export function stepTicks(window: ChartWindow, width: number, gap = 72): number[] {
  const every = roundUp(((window.to - window.from) * gap) / Math.max(1, width));
  const ticks: number[] = [];
  for (let step = Math.ceil(window.from / every) * every; step <= window.to; step += every) ticks.push(step);
  return ticks;
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below a value. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5].map((digit) => digit * decade).find((round) => round >= value) ?? 10 * decade;
}

/** The value at a share of the axis, to three digits: what `share` turns into that share again. */
export function valueOf(
  part: number,
  { kind, low, high }: Pick<ChartScale, 'kind' | 'low' | 'high'>,
): number {
  const within = Math.min(1, Math.max(0, part));
  const value = kind === 'linear' ? low + within * (high - low) : low * (high / low) ** within;
  return Number(value.toPrecision(3));
}
