// Where in a document of JSON a log's rows are: lists of objects, lists under names, or steps and values under each name.
import { readName } from './columns.ts';

export type Named = Readonly<Record<string, unknown>>;
export type Cell = readonly [name: string, cell: string];
type Rows = readonly (readonly Cell[])[];

/** How deep in a document its rows may be, and in how many places they are looked for. */
const deepest = 6;
const mostPlaces = 10_000;

export function isObject(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of what is within others with `/` between; lists are left out: a signal is a number. */
export function flattened(value: Named, prefix = ''): readonly Cell[] {
  return Object.entries(value).flatMap(([key, inner]): readonly Cell[] => {
    if (isObject(inner)) return flattened(inner, `${prefix}${key}/`);
    return typeof inner === 'number' || typeof inner === 'string' ? [[prefix + key, String(inner)]] : [];
  });
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'string';
}

function textOf(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** A column's cells: a list, or an object by row as pandas writes it. */
function columnOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const cells = Object.values(value) as readonly unknown[];
  const isList = cells.length > 0 && cells.every(isScalar);
  return isList && (Array.isArray(value) || '0' in value) ? cells : undefined;
}

/** Lists under names anywhere within an object, by the last name of each: Keras' history beside its epochs. */
function columnsIn(
  value: Named,
  depth = 0,
): readonly { readonly name: string; readonly cells: readonly unknown[] }[] {
  if (depth > deepest) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const cells = columnOf(inner);
    if (cells) return [{ name, cells }];
    return isObject(inner) ? columnsIn(inner, depth + 1) : [];
  });
}

/** Columns as long as those whose names are known; without such, as the longest. */
function byColumns(value: Named): Rows {
  const columns = columnsIn(value);
  const known = columns.filter(({ name }) => readName(name).use !== 'none');
  const length = (known.length > 0 ? known : columns).reduce(
    (most, { cells }) => Math.max(most, cells.length),
    0,
  );
  const fitting = columns.filter(
    ({ cells }) => cells.length === length || known.some((one) => one.cells === cells),
  );
  return Array.from({ length }, (_, row) =>
    fitting.flatMap(({ name, cells }): Cell[] => {
      const text = textOf(cells[row]);
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** Sacred keeps the steps and values of each metric. */
function bySteps(value: Named): Rows {
  return Object.entries(value).flatMap(([name, inner]): Rows => {
    if (!isObject(inner)) return [];
    const [steps, values] = [inner['steps'], inner['values']];
    if (!Array.isArray(steps) || !Array.isArray(values)) return [];
    return steps.map((step, index): readonly Cell[] => [
      ['step', textOf(step)],
      [name, textOf(values[index])],
    ]);
  });
}

/** Everything within a document, itself first, down to the deepest. */
function* within(document: unknown): Iterable<object> {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: document, depth: 0 }];
  for (let place = 0; place < Math.min(open.length, mostPlaces); place++) {
    const { value, depth } = open[place] ?? { value: null, depth: 0 };
    if (typeof value !== 'object' || value === null) continue;
    yield value;
    if (depth < deepest)
      for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
  }
}

function candidates(document: unknown): readonly Rows[] {
  return [...within(document)].flatMap((value): Rows[] => {
    if (Array.isArray(value)) {
      const rows = value.filter(isObject).map((row) => flattened(row));
      return rows.length > 0 ? [rows] : [];
    }
    const named = value as Named;
    return [bySteps(named), byColumns(named)].filter((rows) => rows.length > 0);
  });
}

function knownIn(rows: Rows): number {
  const names = new Set(rows.slice(0, 100).flatMap((row) => row.map(([name]) => name)));
  return [...names].filter((name) => readName(name).use !== 'none').length;
}

/** Of all places those rows that name the most signals, then the longest; an object alone is a row. */
export function rowsOf(document: unknown): Rows {
  const [best] = candidates(document)
    .map((rows) => ({ rows, known: knownIn(rows) }))
    .sort((a, b) => b.known - a.known || b.rows.length - a.rows.length);
  const alone = isObject(document) ? flattened(document) : [];
  if (best && (best.known > 0 || knownIn([alone]) === 0)) return best.rows;
  return alone.length > 0 ? [alone] : (best?.rows ?? []);
}
