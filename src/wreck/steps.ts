// The step of every row of a log: as it stands, continued over the epochs in which it begins anew, or numbered.
import { counted, whole } from '../core/wording.ts';
import { isMissing, nonfiniteOf } from '../data/csv/numbers.ts';
import { cellOf, cellProblem, numberOf, placeOf } from './cell.ts';
import type { ColumnUse } from './columns.ts';
import type { LogTable } from './logTable.ts';
import type { FileReport } from './report.ts';

/** Of each row; undefined = it has none, and is left out. */
type Steps = readonly (number | undefined)[];

interface TableSteps {
  readonly steps: Steps;
  /** The log's own steps were of no use. */
  readonly numbered: boolean;
}

const farthestStep = 0xfffffff;
/** Where as many of its values as this would be overwritten by later ones, a step does not tell rows apart. */
const mostRepeated = 1 / 2;

function wrongStep(step: number | undefined): string {
  if (step === undefined) return 'is no step, which is a number';
  if (step < 0) return 'is no step, which is 0 or more';
  return `is beyond the largest step that is read, ${whole(farthestStep)}`;
}

function readSteps(table: LogTable, column: number, report: FileReport): Steps {
  let skipped = 0;
  let firstSkipped = '';
  const steps = table.rows.map((_, index) => {
    const step = numberOf(table, index, column);
    if (step !== undefined && step >= 0 && step <= farthestStep) return step;
    const cell = cellOf(table, index, column);
    if (isMissing(cell) || nonfiniteOf(cell) !== undefined) {
      skipped++;
      firstSkipped ||= placeOf(table, index);
    } else report.problem(cellProblem(table, index, column, `${wrongStep(step)}. The row was left out.`));
    return undefined;
  });
  if (skipped > 0)
    report.note(`${counted(skipped, 'row')} without a step left out, the first on ${firstSkipped}.`);
  return steps;
}

/** Every step is beyond the one before. */
function isRising(steps: Steps): boolean {
  let last = -1;
  for (const step of steps) {
    if (step === undefined) continue;
    if (step <= last) return false;
    last = step;
  }
  return true;
}

/** Steps that fall exactly where an epoch begins, one after another; undefined where they do otherwise. */
function continued(steps: Steps, epochOf: (index: number) => number | undefined): Steps | undefined {
  let [last, lastEpoch, gap, offset] = [-1, -Infinity, 0, 0];
  const all: (number | undefined)[] = [];
  for (const [index, step] of steps.entries()) {
    const epoch = epochOf(index) ?? lastEpoch;
    if (step !== undefined && step < last) {
      if (!(epoch > lastEpoch)) return undefined;
      offset += last + (gap || 1) - step;
    }
    if (step !== undefined && last >= 0 && step > last) gap ||= step - last;
    all.push(step === undefined ? undefined : step + offset);
    if (step !== undefined) [last, lastEpoch] = [step, epoch];
  }
  return offset === 0 || last + offset > farthestStep ? undefined : all;
}

function signalColumns(uses: readonly ColumnUse[]): readonly number[] {
  return uses.flatMap(({ use }, column) =>
    use === 'none' || use === 'step' || use === 'epoch' ? [] : [column],
  );
}

/** The share of values that a later one of the same column and step would overwrite. */
function repeatedShare(table: LogTable, uses: readonly ColumnUse[], steps: Steps): number {
  let [values, different] = [0, 0];
  for (const column of signalColumns(uses)) {
    const seen = new Set<number>();
    steps.forEach((step, index) => {
      if (step === undefined || isMissing(cellOf(table, index, column))) return;
      values++;
      seen.add(step);
    });
    different += seen.size;
  }
  return values === 0 ? 0 : 1 - different / values;
}

function numbered(steps: Steps): Steps {
  let count = 0;
  return steps.map((step) => (step === undefined ? undefined : count++));
}

/** @param unit what the rows of these logs are told apart by */
export function stepsOf(
  table: LogTable,
  uses: readonly ColumnUse[],
  unit: 'step' | 'epoch' | 'row',
  report: FileReport,
): TableSteps {
  const column = uses.findIndex(({ use }) => use === unit);
  if (column < 0) return { steps: table.rows.map((_, index) => index), numbered: true };
  const steps = readSteps(table, column, report);
  if (isRising(steps)) return { steps, numbered: false };
  const name = table.names[column] ?? '';
  const epoch = uses.findIndex(({ use }) => use === 'epoch');
  const onwards = epoch < 0 ? undefined : continued(steps, (index) => numberOf(table, index, epoch));
  if (onwards) {
    report.note(`“${name}” begins anew in each epoch: it was continued from one to the next.`);
    return { steps: onwards, numbered: false };
  }
  if (repeatedShare(table, uses, steps) < mostRepeated) return { steps, numbered: false };
  report.note(`“${name}” is the same for many rows: they are numbered instead.`);
  return { steps: numbered(steps), numbered: true };
}
