// Axes of a figure: round ends around the values, and where a value lies between them.
import { percent } from '../core/wording.ts';

export interface Axis {
  readonly kind: 'linear' | 'log';
  /** Lower end; above 0 on a logarithmic axis. */
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/** A logarithmic axis shows no more than this far around the median: what explodes or vanishes is drawn at its edge. */
const mostDecades = 5;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
}

function extent(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
}

/** 1, 2, 5, 10, 20, 50 …: the last that is not above `low`, the first that is not below `high`, and all between. */
function roundNumbers(low: number, high: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high)) + 1];
  const all = Array.from({ length: last - first + 1 }, (_, k) => first + k).flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
  const from = all.findLastIndex((value) => value <= low);
  return all.slice(Math.max(0, from), all.findIndex((value) => value >= high) + 1);
}

function isPowerOfTen(value: number): boolean {
  return value.toExponential().startsWith('1e');
}

/** 0.001 and 1000 as they are, 100000 as 1e5. */
function logText(value: number): string {
  const text = value >= 1e5 || value < 1e-3 ? value.toExponential() : String(value);
  return text.replace('+', '').replace('-', '−');
}

function plainText(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

/** At most six, evenly left out. */
function thinned(ticks: readonly number[]): readonly number[] {
  const every = Math.ceil(ticks.length / 6);
  return ticks.filter((_, index) => index % every === 0);
}

/** Round ends around the values; ticks at powers of ten, or at 1, 2 and 5 where there are few of those. */
export function logAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [least, most] = positive.length > 0 ? extent(positive) : [1, 1];
  const middle = median(positive);
  const high = Math.min(most, middle * 10 ** mostDecades);
  const low = Math.max(Math.min(least, high / 2), middle / 10 ** mostDecades);
  const round = roundNumbers(low, high);
  const powers = round.filter(isPowerOfTen);
  return {
    kind: 'log',
    low: round[0] ?? low,
    high: round.at(-1) ?? high,
    ticks: thinned(powers.length >= 3 ? powers : round),
    format: logText,
  };
}

/** From a round number below the values to one above, in three to five steps. */
export function linearAxis(values: readonly number[]): Axis {
  const [least, most] = extent(values.filter(Number.isFinite));
  const from = least <= most ? least : 0;
  const span = (least < most ? most - from : Math.abs(from)) || 1;
  const to = from + span;
  const rough = span / 4;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * decade).find((round) => round >= rough * 0.999) ?? rough;
  const [low, high] = [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
  const count = Math.max(1, Math.round((high - low) / step));
  const ticks = Array.from({ length: count + 1 }, (_, k) => Number((low + k * step).toPrecision(12)));
  return { kind: 'linear', low, high: low + count * step, ticks, format: plainText };
}

/** Shares, in percent. */
export function shareAxis(low = 0): Axis {
  const ticks = low === 0 ? [0, 0.5, 1] : [0.5, 0.75, 1];
  return { kind: 'linear', low, high: 1, ticks, format: percent };
}

/** Share of the axis below a value: 0 at the lower end, 1 at the upper. NaN and what lies beyond an end are at an end. */
export function shareOf(value: number, { kind, low, high }: Axis): number {
  const held = Number.isNaN(value) ? high : Math.min(high, Math.max(low, value));
  if (kind === 'linear') return (held - low) / (high - low);
  return Math.log(held / low) / Math.log(high / low);
}

/** Round steps from one to another, about `count` of them. */
export function stepTicks(from: number, to: number, count: number): readonly number[] {
  const rough = Math.max(1, (to - from) / count);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const every = [1, 2, 5, 10].map((digit) => digit * decade).find((round) => round >= rough) ?? rough;
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, k) => first + k * every);
}
