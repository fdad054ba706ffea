// What is the same however it is written, and by which of its spellings it is called.

/** Of a value without space around it: `1` and `1.0`, `0.50` and `0.5`, `Yes` and `yes` mean the same. */
export function meaningOf(value: string): string {
  return value
    .replace(/^([+-]?\d*\.\d*?)0+$/, '$1')
    .replace(/^([+-]?\d+)\.$/, '$1')
    .toLowerCase();
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Each value's commonest spelling; of those as common the shortest, then the first. */
export function spellingsOf(values: readonly string[]): ReadonlyMap<string, string> {
  const counts = countsOf(values);
  const best = new Map<string, string>();
  for (const [value, count] of counts) {
    const meaning = meaningOf(value);
    const known = best.get(meaning);
    const lead = known === undefined ? 1 : count - (counts.get(known) ?? 0);
    if (lead > 0 || (lead === 0 && value.length < (known?.length ?? 0))) best.set(meaning, value);
  }
  return new Map([...counts.keys()].map((value) => [value, best.get(meaningOf(value)) ?? value]));
}

const mostTold = 3;

/** That words which differ by case only are one. Of numbers nobody would doubt it. */
export function mergedNote(name: string, spellings: ReadonlyMap<string, string>): string | undefined {
  const merged = [...spellings].filter(([from, to]) => from !== to && !/^[\d.+-]+$/.test(from));
  if (merged.length === 0) return undefined;
  const told = merged.slice(0, mostTold).map(([from, to]) => `“${from}” as “${to}”`);
  const rest = merged.length > mostTold ? ', and so on' : '';
  return `${name}: ${told.join(', ')}${rest}: they differ by capitals only.`;
}
