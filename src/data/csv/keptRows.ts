// Which rows of a table become examples, and where values are missing.
import { counted, whole } from '../../core/wording.ts';
import type { MissingWay } from './plan.ts';
import type { Read } from './readColumn.ts';

export interface Kept {
  readonly rows: readonly number[];
  readonly notes: readonly string[];
  /** Where most values are missing, as half a sentence; empty = none is. */
  readonly where: string;
}

const mostNamed = 3;
const filled = {
  fill: 'the mean, or the most frequent category, stands there',
  category: 'that is a category of its own',
} as const;

function isMissingIn({ values }: Read, row: number): boolean {
  const value = values[row];
  return value === '' || (typeof value === 'number' && Number.isNaN(value));
}

/** `lot (259 cells), alley (1,369) and 4 more columns` */
function worstOf(inputs: readonly Read[], rows: readonly number[]): string {
  const counts = inputs
    .map((read) => ({ name: read.name, missing: rows.filter((row) => isMissingIn(read, row)).length }))
    .filter(({ missing }) => missing > 0)
    .sort((a, b) => b.missing - a.missing);
  const named = counts
    .slice(0, mostNamed)
    .map(({ name, missing }, k) => `${name} (${k === 0 ? counted(missing, 'cell') : whole(missing)})`);
  const more = counts.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${counted(more, 'more column')}` : ''}`;
}

/** A row without its target teaches nothing; one that lacks an input is left out where the plan says so. */
export function keptRows(inputs: readonly Read[], target: Read, count: number, way: MissingWay): Kept {
  const all = Array.from({ length: count }, (_, row) => row);
  const taught = all.filter((row) => !isMissingIn(target, row));
  const whole = taught.filter((row) => !inputs.some((read) => isMissingIn(read, row)));
  const [untaught, lacking] = [count - taught.length, taught.length - whole.length];
  const where = lacking > 0 ? worstOf(inputs, taught) : '';
  const notes: string[] = [];
  if (untaught > 0)
    notes.push(`${counted(untaught, 'row')} left out: the target, ${target.name}, is missing in them.`);
  if (lacking > 0)
    notes.push(
      way === 'leave-out'
        ? `${counted(lacking, 'row')} left out: a value is missing in ${where}.`
        : `A value is missing in ${counted(lacking, 'row')}, in ${where}: ${filled[way]}.`,
    );
  return { rows: way === 'leave-out' ? whole : taught, notes, where };
}
