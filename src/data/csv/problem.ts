// What is wrong with a table, in words, and what a table may be at most.
import { whole } from '../../core/wording.ts';

/** What is wrong where: one sentence with line, column and value, and what to do. */
export interface TableProblem {
  /** From 1; absent = of the whole table. */
  readonly line?: number;
  /** In place of a line: the row of a document that has no lines of its own. From 1. */
  readonly entry?: number;
  readonly column?: string;
  readonly value?: string;
  readonly reason: string;
}

/** What a table may be at most. */
export const limits = {
  fileBytes: 50_000_000,
  lineCharacters: 1_000_000,
  cellCharacters: 10_000,
  rows: 200_000,
  columns: 256,
} as const;

/** `Line 17, column “height”: “tall” is not a number. …` */
export function describeTableProblem({ line, entry, column, value, reason }: TableProblem): string {
  const place = [
    line === undefined ? '' : `line ${whole(line)}`,
    entry === undefined ? '' : `entry ${whole(entry)}`,
    column === undefined ? '' : `column “${shortened(column)}”`,
  ]
    .filter(Boolean)
    .join(', ');
  const said = value === undefined ? reason : `“${shortened(value)}” ${reason}`;
  return place === '' ? said : `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${said}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Refused before it is read. */
export function sizeProblem(bytes: number): TableProblem | undefined {
  if (bytes <= limits.fileBytes) return undefined;
  const [has, most] = [Math.ceil(bytes / 1e6), limits.fileBytes / 1e6];
  return { reason: `The file has ${has} MB; at most ${most} MB are read. Keep fewer rows or columns.` };
}
