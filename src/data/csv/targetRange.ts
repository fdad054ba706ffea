// The range of a target that is learned as a number, the labels within it, and what lies far out of what is usual.
import { counted } from '../../core/wording.ts';
import { labelScale, type Target } from '../dataset.ts';
import { fewNotes } from './fewNotes.ts';
import type { Read } from './readColumn.ts';

export interface Ranged {
  readonly range: Target;
  readonly names: readonly string[];
  readonly labels: Uint8Array<ArrayBuffer>;
  /** What a person should know, in sentences. */
  readonly notes: readonly string[];
}

/** A number as a person reads it: four digits. */
export function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Nine in ten values lie between these two shares; within so much of the range, the others stretch it. */
const inner = 0.05;
const narrow = { target: 0.2, input: 0.05 } as const;

interface FarOut {
  readonly far: number;
  /** From where to where nine in ten lie, and all. */
  readonly spread: string;
}

function farOut(sorted: Float64Array, share: number): FarOut | undefined {
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? NaN;
  const [low, from, to, high] = [at(0), at(inner), at(1 - inner), at(1)];
  const reach = to - from;
  if (!(reach < share * (high - low))) return undefined;
  const far = sorted.filter((value) => value < from - reach || value > to + reach).length;
  const spread = `nine in ten are from ${written(from)} to ${written(to)}, the range is ${written(low)} to ${written(high)}`;
  return far === 0 ? undefined : { far, spread };
}

function lieFar(far: number): string {
  return `${counted(far, 'row')} lie${far === 1 ? 's' : ''} far out`;
}

function outlierNote(sorted: Float64Array): readonly string[] {
  const found = farOut(sorted, narrow.target);
  if (!found) return [];
  return [
    `${lieFar(found.far)}: ${found.spread}. A tenth of that range says little: leave such rows out of the file.`,
  ];
}

/** Of inputs that are nearly all one number, any other lies far out: nothing is said of them. */
function inputNote({ name, values }: Read, rows: readonly number[]): readonly string[] {
  if (!(values instanceof Float64Array)) return [];
  const sorted = Float64Array.from(rows, (row) => values[row] ?? NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const found = farOut(sorted, narrow.input);
  if (!found || sorted[Math.round(inner * sorted.length)] === sorted[Math.floor((1 - inner) * sorted.length)])
    return [];
  return [
    `${name}: ${lieFar(found.far)}: ${found.spread}. Beside such numbers the others are all alike: where they stand for “missing”, empty the cells.`,
  ];
}

/** Of inputs, for the rows that are kept. */
export function farOutNotes(inputs: readonly Read[], rows: readonly number[]): readonly string[] {
  return fewNotes(inputs.flatMap((input) => inputNote(input, rows)));
}

/** From the lowest value to the highest in 255 equal steps; what is wrong with them as a sentence. */
export function rangeOf(name: string, values: readonly number[]): Ranged | string {
  const sorted = Float64Array.from(values).sort();
  const range = { name, low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
  const width = range.high - range.low;
  if (!(width > 0)) return 'its numbers are all the same. Choose another target.';
  if (width === Infinity) return 'its numbers are too far apart to count with. Choose another target.';
  const steps = labelScale({ classes: 2, target: range }).levels - 1;
  const labels = Uint8Array.from(values, (value) => Math.round(((value - range.low) / width) * steps));
  const middle = written(range.low + width / 2);
  return { range, names: [`< ${middle}`, `≥ ${middle}`], labels, notes: outlierNote(sorted) };
}
