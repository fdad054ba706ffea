// Columns as the training thread is handed them, and whether they are more than it takes.
import { counted } from '../../core/wording.ts';
import type { OwnColumn } from './ownTable.ts';
import type { MissingWay } from './plan.ts';
import type { TableProblem } from './problem.ts';
import type { Read } from './readColumn.ts';

/** What a table may be at most, once it is numbers. */
const encodedLimits = { inputs: 128, categories: 50 } as const;
const missingCategory = '(missing)';
const mostNamed = 3;

function categoryColumn(name: string, values: readonly string[], missing: MissingWay): OwnColumn {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts].reduce<readonly [string, number]>(
    (most, one) => (one[1] > most[1] ? one : most),
    ['', 0],
  )[0];
  const instead = missing === 'category' ? missingCategory : frequent;
  const hasMissing = missing === 'category' && values.includes('');
  const categories = [...[...counts.keys()].sort(), ...(hasMissing ? [missingCategory] : [])];
  const places = new Map(categories.map((category, place) => [category, place]));
  const codes = Uint8Array.from(values, (value) => places.get(value || instead) ?? 0);
  return { kind: 'category', name, categories, codes };
}

/** Of the rows that are kept. */
export function ownColumn({ name, values }: Read, kept: readonly number[], missing: MissingWay): OwnColumn {
  if (values instanceof Float64Array) {
    const chosen = Float64Array.from(kept, (row) => values[row] ?? NaN);
    const marksMissing = missing === 'category' && chosen.some(Number.isNaN);
    return { kind: 'number', name, values: chosen, marksMissing };
  }
  const chosen = kept.map((row) => values[row] ?? '');
  return categoryColumn(name, chosen, missing);
}

function columnProblem(column: OwnColumn): TableProblem | undefined {
  const isCategory = column.kind === 'category';
  if (isCategory ? column.categories.length === 0 : column.values.every(Number.isNaN))
    return { column: column.name, reason: 'it has no value in any usable row. Leave it out.' };
  if (!isCategory || column.categories.length <= encodedLimits.categories) return undefined;
  const reason = `it has ${column.categories.length} categories; at most ${encodedLimits.categories}. Leave it out.`;
  return { column: column.name, reason };
}

/** `Neighborhood (25), Exterior (16)` */
function widest(columns: readonly OwnColumn[]): string {
  return columns
    .flatMap((column) => (column.kind === 'category' ? [column] : []))
    .sort((a, b) => b.categories.length - a.categories.length)
    .slice(0, mostNamed)
    .map(({ name, categories }) => `${name} (${categories.length})`)
    .join(', ');
}

/** What is wrong with columns of so many inputs. */
export function sizeProblems(columns: readonly OwnColumn[], inputs: number): readonly TableProblem[] {
  const problems = columns.flatMap((column) => columnProblem(column) ?? []);
  if (inputs <= encodedLimits.inputs) return problems;
  const named = widest(columns);
  const where = named === '' ? '' : `, most of ${named}`;
  const reason = `It makes ${counted(inputs, 'input')}, each category one of its own${where}; at most ${encodedLimits.inputs}. Leave columns out.`;
  return [...problems, { reason }];
}
