// The range of a target that is learned as a number, and the labels within it.
import { counted } from '../../core/wording.ts';
import { labelScale, type Target } from '../dataset.ts';

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

/** Where nine in ten values lie within a fifth of the range, being within a tenth of it says little. */
const [inner, narrow] = [0.05, 0.2];

function outlierNote(sorted: Float64Array, { low, high }: Target): readonly string[] {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  const [from, to] = [at(inner), at(1 - inner)];
  if (!(to - from < narrow * (high - low))) return [];
  const reach = to - from;
  const far = sorted.filter((value) => value < from - reach || value > to + reach).length;
  if (far === 0) return [];
  return [
    `${counted(far, 'row')} lie${far === 1 ? 's' : ''} far out: nine in ten are from ${written(from)} to ${written(to)}, the range is ${written(low)} to ${written(high)}. A tenth of that range says little: leave such rows out of the file.`,
  ];
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
  return { range, names: [`< ${middle}`, `≥ ${middle}`], labels, notes: outlierNote(sorted, range) };
}
