// A log as JSON, or as Python prints it: an object per line, or one document that holds a list of objects, or lists under names.
import { counted, whole } from '../core/wording.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { flattened, isObject, rowsOf } from './jsonRows.ts';
import type { NamedRows } from './logTable.ts';
import { NamedRowGatherer } from './namedRowGatherer.ts';

const asExpected =
  'one object per line, as {"step": 0, "loss": 2.4}, or as one list of objects, or as lists under names: {"loss": [2.4, 2.3]}';

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

function gatheredOr(gathered: NamedRowGatherer, take: () => NamedRows): NamedRows | string {
  const problem = gathered.problem();
  return problem ? describeTableProblem(problem) : take();
}

/** Undefined = it holds no row. */
function readDocument(document: unknown): NamedRows | string | undefined {
  const gathered = new NamedRowGatherer('entry');
  rowsOf(document).forEach((cells, index) => {
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

export interface ReadJson {
  readonly read: NamedRows | string;
  /** The whole text is JSON, not only lines of it. */
  readonly isDocument: boolean;
}

/** Rows of a text that begins as JSON, or what is wrong with it. Never throws. */
export function readJson(text: string): ReadJson {
  const document = parsed(text.replace(/^\uFEFF/, ''));
  const isDocument = document !== undefined;
  const read = isDocument ? readDocument(document) : readLines(text);
  return { read: read ?? `There are no rows in it. JSON is read as ${asExpected}.`, isDocument };
}
