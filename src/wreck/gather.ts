// The values of some logs by step and signal, the later one counting, and what is said of how they stood there.
import { counted } from '../core/wording.ts';
import { isMissing, nonfiniteOf } from '../data/csv/numbers.ts';
import type { SignalId } from '../signals/index.ts';
import { cellOf, cellProblem, numberOf, placeOf } from './cell.ts';
import { isShare, type ColumnUse } from './columns.ts';
import type { LogTable } from './logTable.ts';
import type { FileReport, Report } from './report.ts';
import { stepsOf } from './steps.ts';

export type Key = `${SignalId}.${number}`;
/** Values of one step by signal and layer. */
export type StepValues = Map<Key, number>;
export type Unit = 'step' | 'epoch' | 'row';

/** So large a share of NaN before later numbers is a logger's way to say nothing. */
const fillerShare = 1 / 3;

/** A column that holds a signal. */
interface Used {
  readonly key: Key;
  readonly column: number;
  readonly isFilled: boolean;
  /** What a cell is multiplied by. */
  readonly scale: number;
  /** The step of its last value. */
  last: number;
}

/** NaN between later numbers, and often: nothing was logged there. NaN that stays, or comes seldom, is what happened. */
function fillers({ rows }: LogTable, column: number): number {
  const last = rows.findLastIndex((row) => Number.isFinite(Number.parseFloat(row[column] ?? '')));
  let [empty, seen] = [0, 0];
  for (let index = 0; index < last; index++) {
    const cell = rows[index]?.[column] ?? '';
    if (isMissing(cell)) continue;
    seen++;
    if (Number.isNaN(nonfiniteOf(cell) ?? 0)) empty++;
  }
  return empty < seen * fillerShare ? 0 : empty;
}

/** Shares that go to 100. */
function isPercent(table: LogTable, column: number): boolean {
  let most = 0;
  for (let index = 0; index < table.rows.length; index++)
    most = Math.max(most, numberOf(table, index, column) ?? 0);
  return most > 1 && most <= 100;
}

function usedColumns(table: LogTable, uses: readonly ColumnUse[], report: FileReport): readonly Used[] {
  return uses.flatMap(({ use, layer }, column): Used[] => {
    if (use === 'none' || use === 'step' || use === 'epoch') return [];
    const name = table.names[column] ?? '';
    const empty = fillers(table, column);
    if (empty > 0)
      report.note(`${name}: ${counted(empty, 'cell')} of NaN between later numbers, taken as not logged.`);
    const percent = isShare(use) && isPercent(table, column);
    if (percent) report.note(`${name}: numbers above 1 are percent, 65 is a share of 0.65.`);
    return [{ key: `${use}.${layer}`, column, isFilled: empty > 0, scale: percent ? 1 / 100 : 1, last: -1 }];
  });
}

function valueOf(
  table: LogTable,
  index: number,
  { column, isFilled, scale }: Used,
  report: FileReport,
): number | undefined {
  const cell = cellOf(table, index, column);
  if (isMissing(cell)) return undefined;
  const nonfinite = nonfiniteOf(cell);
  if (nonfinite !== undefined) return isFilled ? undefined : nonfinite;
  const value = numberOf(table, index, column);
  if (value === undefined)
    report.problem(cellProblem(table, index, column, 'is not a number. It was taken as missing.'));
  return value && value * scale;
}

export class RowGatherer {
  readonly bySteps = new Map<number, StepValues>();
  /** No log has steps of its own that are of use. */
  everyNumbered = true;
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  see(table: LogTable, uses: readonly ColumnUse[], unit: Unit): void {
    const report = this.#report.of(table.file);
    const used = usedColumns(table, uses, report);
    const { steps, numbered } = stepsOf(table, uses, unit, report);
    this.everyNumbered &&= numbered;
    let repeated = 0;
    let wentBack: string | undefined;
    steps.forEach((step, index) => {
      if (step === undefined) return;
      const values = this.bySteps.get(step) ?? new Map<Key, number>();
      for (const one of used) {
        const value = valueOf(table, index, one, report);
        if (value === undefined) continue;
        if (values.has(one.key)) repeated++;
        // Per signal: a long table has those of one signal after those of another.
        if (step < one.last) wentBack ??= placeOf(table, index);
        one.last = step;
        values.set(one.key, value);
      }
      this.bySteps.set(step, values);
    });
    if (wentBack !== undefined)
      report.note(
        `Steps go back on ${wentBack}, as after a restart: where a step stands twice, the later row counts.`,
      );
    else if (repeated > 0)
      report.note(`${counted(repeated, 'value')} stood twice for a step: the later one counts.`);
  }
}
