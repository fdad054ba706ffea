// A log of a JSON object per line, as many programs write it: keys are columns, objects within are flattened with `/`.
import { counted, whole } from '../core/wording.ts';
import { describeTableProblem, limits, type TableProblem } from '../data/csv/problem.ts';
import type { NamedRows } from './logTable.ts';

const asExpected = 'one object per line, as {"step": 0, "loss": 2.4}';
const nonfinite = /(?<=[:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g;

/** Whether a text means to be JSON at all. */
export function beginsAsJson(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text);
}

/** Python writes NaN and Infinity bare, which is no JSON. */
function parseLine(line: string): unknown {
  for (const text of [line, line.replaceAll(nonfinite, '"$&"')])
    try {
      return JSON.parse(text);
    } catch {
      continue;
    }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class ObjectRows {
  readonly places = new Map<string, number>();
  readonly rows: (readonly string[])[] = [];
  readonly lines: number[] = [];
  #others = 0;
  #firstOther = 0;

  see(text: string, line: number): void {
    const value = parseLine(text);
    if (!isObject(value)) {
      this.#others++;
      this.#firstOther ||= line;
      return;
    }
    const row: string[] = [];
    this.#flatten(value, '', row);
    this.rows.push(row);
    this.lines.push(line);
  }

  problem(): TableProblem | undefined {
    if (this.rows.length === 0) return { line: this.#firstOther, reason: `JSON is read with ${asExpected}.` };
    if (this.rows.length > limits.rows)
      return { reason: `at most ${whole(limits.rows)} rows are read. Keep a sample of them.` };
    if (this.places.size > limits.columns)
      return { reason: `It has ${counted(this.places.size, 'key')}; at most ${limits.columns} are read.` };
    return undefined;
  }

  notes(): readonly string[] {
    if (this.#others === 0) return [];
    return [
      `${counted(this.#others, 'row')} left out: line ${whole(this.#firstOther)} is not ${asExpected}.`,
    ];
  }

  /** Lists are left out: a signal is a number. */
  #flatten(value: object, prefix: string, row: string[]): void {
    const entries: readonly [string, unknown][] = Object.entries(value);
    for (const [key, inner] of entries)
      if (isObject(inner)) this.#flatten(inner, `${prefix}${key}/`, row);
      else if (typeof inner === 'number' || typeof inner === 'string') this.#set(prefix + key, inner, row);
  }

  #set(name: string, value: number | string, row: string[]): void {
    const place = this.places.get(name) ?? this.places.size;
    this.places.set(name, place);
    while (row.length < place) row.push('');
    row[place] = String(value);
  }
}

/** Rows of a text of JSON lines, or what is wrong with it. Never throws. */
export function readJsonLines(text: string): NamedRows | string {
  const gathered = new ObjectRows();
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() !== '') gathered.see(line.replace(/^\uFEFF/, ''), index + 1);
  });
  const problem = gathered.problem();
  if (problem) return describeTableProblem(problem);
  const { places, rows, lines } = gathered;
  return { names: [...places.keys()], rows, lines, notes: gathered.notes() };
}
