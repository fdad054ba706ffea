// Tables for tests, from text to what the training thread is handed.
import { readCells } from '../../../src/data/csv/cells.ts';
import { encode, type Encoded } from '../../../src/data/csv/encode.ts';
import { describeTableProblem } from '../../../src/data/csv/problem.ts';
import type { OwnPlan } from '../../../src/data/csv/plan.ts';
import { surveyOf, type Survey } from '../../../src/data/csv/survey.ts';

/** What is wrong with a text, as a person reads it; undefined = it is a table. */
export function troubleOf(text: string): string | undefined {
  const cells = readCells(text);
  return cells.kind === 'unreadable' ? describeTableProblem(cells.problem) : undefined;
}

export function survey(text: string): Survey {
  const cells = readCells(text);
  if (cells.kind === 'unreadable') throw new Error(describeTableProblem(cells.problem));
  return surveyOf(cells);
}

export function planOf(
  { fingerprint, roles, header, decimalComma }: Survey,
  changes: Partial<OwnPlan> = {},
): OwnPlan {
  return {
    fingerprint,
    name: 'birds.csv',
    rows: 0,
    inputs: 0,
    roles,
    header,
    decimalComma,
    delimiter: '',
    missing: 'leave-out',
    textIsMissing: false,
    bins: 0,
    regression: false,
    ...changes,
  };
}

export function encoded(
  text: string,
  changes: Partial<OwnPlan> = {},
): Omit<Encoded, 'problems'> & { problems: string[] } {
  const cells = readCells(text);
  if (cells.kind === 'unreadable') throw new Error(describeTableProblem(cells.problem));
  const made = encode(cells, planOf(surveyOf(cells), changes), 'birds.csv');
  return { ...made, problems: made.problems.map(describeTableProblem) };
}

/** Rows of two clouds, told apart by both numbers. */
export function clouds(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, k) => {
    const side = k % 2 === 0 ? -1 : 1;
    return `${(side * (1 + (k % 7) / 7)).toFixed(2)},${(side * 2 + (k % 5) / 9).toFixed(2)},${side < 0 ? 'left' : 'right'}`;
  });
  return ['x,y,side', ...lines].join('\n');
}
