// Changes that set no settings, as one word of a link's entry: the kind, then its numbers between colons.
import type { Change } from '../core/change.ts';

type Spelt = Exclude<Change, { kind: 'set' }>;

/** Fields of each kind in the order in which they stand. */
const fields: { readonly [Kind in Spelt['kind']]: readonly string[] } = {
  'scale-rate': ['factor'],
  'push-biases': ['layer', 'units', 'perStep', 'steps'],
  'corrupt-batch': ['inputs', 'swapped', 'steps'],
  'skip-batches': ['from', 'steps'],
  reinitialise: [],
  initialise: [],
  drift: ['shift', 'scale', 'rotate', 'noise', 'prior', 'steps'],
};

export const changeKinds = Object.keys(fields);

function readPart(text: string | undefined): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The change that a word spells, or undefined where its key names none. What does not fit stays text, for the schema to name. */
export function readChange(key: string, text: string): unknown {
  const names = Object.entries(fields).find(([kind]) => kind === key)?.[1];
  if (!names) return undefined;
  const parts = text === '' ? [] : text.split(':');
  const last = names.length - 1;
  // Too many parts are one wrong last part.
  const whole =
    parts.length > names.length && last >= 0 ? [...parts.slice(0, last), parts.slice(last).join(':')] : parts;
  const surplus = names.length === 0 && text !== '' ? { value: text } : {};
  return {
    kind: key,
    ...Object.fromEntries(names.map((name, index) => [name, readPart(whole[index] ?? '')])),
    ...surplus,
  };
}

/** `push-biases=1:14:-0.1:70`, or the kind alone where it has no numbers. */
export function spellChange(change: Spelt): string {
  const names = fields[change.kind];
  if (names.length === 0) return change.kind;
  const values = new Map(Object.entries(change));
  return `${change.kind}=${names.map((name) => String(values.get(name))).join(':')}`;
}
