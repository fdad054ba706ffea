// The classes of a target: each of its values one, or numbers cut into parts of about equal size.
import { finiteOf } from './numbers.ts';
import { written } from './targetRange.ts';

export interface Classes {
  readonly names: readonly string[];
  readonly labels: Uint8Array<ArrayBuffer>;
}

export const mostClasses = 10;
const numerically = new Intl.Collator('en', { numeric: true });

/** What can be done about a target of too many values. */
function remedyOf(values: readonly string[]): string {
  return values.every((value) => finiteOf(value, false) !== undefined)
    ? 'Choose another target, or cut numbers into classes.'
    : 'Choose another target, or give rare ones one name in the file.';
}

function byValue(values: readonly string[]): Classes | string {
  const names = [...new Set(values)].sort((a, b) => numerically.compare(a, b));
  if (names.length < 2)
    return `every usable row has the same class${names[0] === undefined ? '' : `, “${names[0].slice(0, 40)}”`}. Choose another target.`;
  if (names.length > mostClasses)
    return `it has ${names.length} different values; a target has 2 to ${mostClasses} classes. ${remedyOf(names)}`;
  const places = new Map(names.map((name, place) => [name, place]));
  const labels = Uint8Array.from(values, (value) => places.get(value) ?? 0);
  return { names, labels };
}

/** At quantiles, each once; a value at a cut belongs to the part below it. */
function byQuantile(values: readonly number[], bins: number): Classes | string {
  const sorted = Float64Array.from(values).sort();
  const asked = Array.from(
    { length: bins - 1 },
    (_, k) => sorted[Math.max(0, Math.ceil(((k + 1) * sorted.length) / bins) - 1)] ?? 0,
  );
  const cuts = [...new Set(asked)].filter((cut) => cut < (sorted.at(-1) ?? cut));
  if (cuts.length === 0)
    return 'its numbers cannot be cut into two classes: nearly all are the same. Choose another target.';
  const names = [...cuts, Infinity].map((cut, place) => {
    if (place === 0) return `≤ ${written(cut)}`;
    const low = written(cuts[place - 1] ?? 0);
    return cut === Infinity ? `> ${low}` : `${low} to ${written(cut)}`;
  });
  const labels = Uint8Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
  return { names, labels };
}

/** Numbers with `bins` > 0, names as `spellingsOf` has them without; what is wrong with them as a sentence. */
export function classesOf(values: readonly (string | number)[], bins: number): Classes | string {
  if (bins > 0) return byQuantile(values.map(Number), bins);
  return byValue(values.map(String));
}
