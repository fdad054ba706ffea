// A log as JSON, or as Python prints it: an object per line, or one document that holds a list of objects, or lists under names.
import { counted, whole } from '../core/wording.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import type { NamedRows } from './logTable.ts';
import { NamedRowGatherer } from './namedRowGatherer.ts';

const asExpected =
  'one object per line, as {"step": 0, "loss": 2.4}, or as one list of objects, or as lists under names: {"loss": [2.4, 2.3]}';
/** How deep in a document its rows may be. */
const deepest = 6;

type Named = Readonly<Record<string, unknown>>;
type Cell = readonly [name: string, cell: string];

/** Whether a text means to be JSON at all. */
export function beginsAsJson(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text);
}

/** NaN and the infinities stand bare in what Python writes, `None` is null, strings have single quotes, numbers may be wrapped: `np.float64(2.4)`. */
function fromPython(text: string): string {
  const unwrapped = text.replaceAll(
    /\b(?:(?:np|numpy|torch)\.)?(?:float\d*|int\d*|tensor|array)\(([^(),]{0,60})[^()]{0,200}\)/g,
    '$1',
  );
  const token =
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\b(?:None|True|False)\b|[+-]?\b(?:nan|NaN|inf|Infinity)\b|,(?=\s*[}\]])/g;
  return unwrapped.replaceAll(token, (found) => {
    if (found.startsWith('"')) return found;
    if (found.startsWith("'")) return JSON.stringify(found.slice(1, -1).replaceAll(String.raw`\'`, "'"));
    if (found === ',') return '';
    return /nan|inf/i.test(found) ? `"${found}"` : found === 'None' ? 'null' : found.toLowerCase();
  });
}

/** Undefined = it is no JSON. */
function parsed(text: string): unknown {
  for (const read of [(plain: string) => plain, fromPython])
    try {
      return JSON.parse(read(text)) as unknown;
    } catch {
      continue;
    }
  return undefined;
}

function isObject(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists are left out: a signal is a number. */
function flattened(value: Named, prefix = ''): readonly Cell[] {
  return Object.entries(value).flatMap(([key, inner]): readonly Cell[] => {
    if (isObject(inner)) return flattened(inner, `${prefix}${key}/`);
    return typeof inner === 'number' || typeof inner === 'string' ? [[prefix + key, String(inner)]] : [];
  });
}

/** The longest list of objects anywhere in a document: `log_history` of a trainer's state. */
function longestList(value: unknown, depth = 0): readonly Named[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? value.filter(isObject) : [];
  return Object.values(value)
    .map((inner) => longestList(inner, depth + 1))
    .reduce((longest, list) => (list.length > longest.length ? list : longest), own);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'string';
}

/** A column's cells: a list, or an object by row as pandas writes it. */
function columnOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const cells = Object.values(value) as readonly unknown[];
  return cells.length > 0 && cells.every(isScalar) && (Array.isArray(value) || '0' in value)
    ? cells
    : undefined;
}

/** Lists under names, as Keras keeps a history, wherever they are; [] = there are none. */
function byColumns(document: unknown, depth = 0): readonly Named[] {
  if (!isObject(document) || depth > deepest) return [];
  const columns = Object.entries(document).flatMap(([name, value]) => {
    const cells = columnOf(value);
    return cells ? [{ name, cells }] : [];
  });
  if (columns.length > 0)
    return Array.from({ length: Math.max(...columns.map(({ cells }) => cells.length)) }, (_, index) =>
      Object.fromEntries(columns.map(({ name, cells }) => [name, cells[index] ?? null])),
    );
  return Object.values(document)
    .map((inner) => byColumns(inner, depth + 1))
    .reduce((longest, rows) => (rows.length > longest.length ? rows : longest), []);
}

function rowsOf(document: unknown): readonly Named[] {
  const candidates = [longestList(document), byColumns(document)];
  const longest = candidates.reduce((most, rows) => (rows.length > most.length ? rows : most));
  return longest.length > 0 || !isObject(document) ? longest : [document];
}

function gatheredOr(gathered: NamedRowGatherer, take: () => NamedRows): NamedRows | string {
  const problem = gathered.problem();
  return problem ? describeTableProblem(problem) : take();
}

/** Undefined = it holds no row. */
function readDocument(document: unknown): NamedRows | string | undefined {
  const gathered = new NamedRowGatherer('entry');
  rowsOf(document).forEach((row, index) => {
    const cells = flattened(row);
    if (cells.length > 0) gathered.add(cells, index + 1);
  });
  return gathered.count === 0 ? undefined : gatheredOr(gathered, () => gathered.take([]));
}

/** Undefined = no line is an object. */
function readLines(text: string): NamedRows | string | undefined {
  const gathered = new NamedRowGatherer('line');
  let [others, firstOther] = [0, 0];
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    if (written.trim() === '') return;
    const value = parsed(written.replace(/^\uFEFF/, ''));
    if (isObject(value)) gathered.add(flattened(value), index + 1);
    else {
      others++;
      firstOther ||= index + 1;
    }
  });
  if (gathered.count === 0) return undefined;
  const note = `${counted(others, 'row')} left out: line ${whole(firstOther)} is no object, as {"step": 0, "loss": 2.4}.`;
  return gatheredOr(gathered, () => gathered.take(others > 0 ? [note] : []));
}

/** Rows of a text that begins as JSON, or what is wrong with it. Never throws. */
export function readJson(text: string): NamedRows | string {
  const document = parsed(text.replace(/^\uFEFF/, ''));
  const read = document === undefined ? readLines(text) : readDocument(document);
  return read ?? `There are no rows in it. JSON is read as ${asExpected}.`;
}
