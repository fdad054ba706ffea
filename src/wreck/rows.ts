// From the columns of a log to rows as detectors read them.
import { counted, whole } from '../core/wording.ts';
import { RowWriter, type RowLayout } from '../core/layout.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { finiteOf, isMissing, nonfiniteOf } from '../data/csv/numbers.ts';
import { signalLayout, type SignalId } from '../signals/index.ts';
import type { ColumnUse } from './columns.ts';
import type { LogTable } from './source.ts';

/** A log's rows twice: by the steps that it names, for charts, and numbered, for detectors whose windows count rows. */
export interface WreckRows {
  readonly layout: RowLayout;
  readonly hiddenLayers: number;
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly byStep: Uint32Array<ArrayBuffer>;
  readonly numbered: Uint32Array<ArrayBuffer>;
  /** Signals that have a value anywhere, those worked out included. */
  readonly present: readonly SignalId[];
  /** Usual steps from one row to the next. */
  readonly stride: number;
  /** What the steps are. */
  readonly unit: 'step' | 'epoch' | 'row';
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

const mostProblems = 6;
const mostLayers = 12;
const farthestStep = 0xfffffff;
/** So large a share of NaN before later numbers is a logger's way to say nothing. */
const fillerShare = 1 / 3;

type Key = `${SignalId}.${number}`;
/** Values of one step by signal and layer. */
type StepValues = Map<Key, number>;

interface Used {
  readonly key: Key;
  readonly column: number;
}

class RowGatherer {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly bySteps = new Map<number, StepValues>();
  repeated = 0;
  #problemCount = 0;
  #last = -1;
  #wentBack: number | undefined;
  #skipped = 0;
  #skippedLine = 0;

  tell(problem: string): void {
    this.#problemCount++;
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }

  see(table: LogTable, uses: readonly ColumnUse[], unit: WreckRows['unit']): void {
    const stepColumn = uses.findIndex(({ use }) => use === unit);
    const used = uses.flatMap(({ use, layer }, column): Used[] =>
      use === 'none' || use === 'step' || use === 'epoch' ? [] : [{ key: `${use}.${layer}`, column }],
    );
    const filled = used.filter(({ column }) => this.#isFilled(table, column));
    this.#last = -1;
    table.rows.forEach((row, index) => {
      const step = stepColumn < 0 ? index : this.#stepOf(table, row, index, stepColumn);
      if (step === undefined) return;
      this.#seeStep(step, table.lines[index] ?? 0);
      const values = this.bySteps.get(step) ?? new Map<Key, number>();
      for (const { key, column } of used) {
        const value = this.#valueOf(table, row, index, column, filled);
        if (value === undefined) continue;
        if (values.has(key)) this.repeated++;
        values.set(key, value);
      }
      this.bySteps.set(step, values);
    });
  }

  end(): void {
    const more = this.#problemCount - this.problems.length;
    if (more > 0) this.problems.push(`And ${counted(more, 'more cell')} like these.`);
    if (this.#skipped > 0)
      this.notes.push(
        `${counted(this.#skipped, 'row')} without a step left out, the first on line ${whole(this.#skippedLine)}.`,
      );
    if (this.#wentBack !== undefined)
      this.notes.push(
        `Steps go back on line ${whole(this.#wentBack)}, as after a restart: where a step stands twice, the later row counts.`,
      );
    else if (this.repeated > 0)
      this.notes.push(`${counted(this.repeated, 'value')} stood twice for a step: the later one counts.`);
  }

  #seeStep(step: number, line: number): void {
    if (step < this.#last) this.#wentBack ??= line;
    this.#last = step;
  }

  #stepOf(table: LogTable, row: readonly string[], index: number, column: number): number | undefined {
    const cell = row[column] ?? '';
    const step = finiteOf(cell, table.decimalComma);
    if (step !== undefined && step >= 0 && step <= farthestStep) return step;
    if (isMissing(cell) || nonfiniteOf(cell) !== undefined) {
      this.#skipped++;
      this.#skippedLine ||= table.lines[index] ?? 0;
      return undefined;
    }
    this.#tellCell(table, index, column, cell, 'is no step, which is 0 or more. The row was left out.');
    return undefined;
  }

  #valueOf(
    table: LogTable,
    row: readonly string[],
    index: number,
    column: number,
    filled: readonly Used[],
  ): number | undefined {
    const cell = row[column] ?? '';
    if (isMissing(cell)) return undefined;
    const nonfinite = nonfiniteOf(cell);
    if (nonfinite !== undefined) return filled.some((used) => used.column === column) ? undefined : nonfinite;
    const value = finiteOf(cell, table.decimalComma);
    if (value === undefined)
      this.#tellCell(table, index, column, cell, 'is not a number. It was taken as missing.');
    return value;
  }

  #tellCell(table: LogTable, index: number, column: number, cell: string, reason: string): void {
    const [line, name] = [table.lines[index] ?? 0, table.names[column] ?? ''];
    this.tell(describeTableProblem({ line, column: name, value: cell.trim(), reason }));
  }

  /** NaN between later numbers, and often: nothing was logged there. NaN that stays, or comes seldom, is what happened. */
  #isFilled({ rows, names }: LogTable, column: number): boolean {
    const last = rows.findLastIndex((row) => Number.isFinite(Number.parseFloat(row[column] ?? '')));
    let [empty, seen] = [0, 0];
    for (let index = 0; index < last; index++) {
      const cell = rows[index]?.[column] ?? '';
      if (isMissing(cell)) continue;
      seen++;
      if (Number.isNaN(nonfiniteOf(cell) ?? 0)) empty++;
    }
    if (empty === 0 || empty < seen * fillerShare) return false;
    this.notes.push(
      `${names[column] ?? ''}: ${counted(empty, 'cell')} of NaN between later numbers, taken as not logged.`,
    );
    return true;
  }
}

const trainingSignals: readonly Key[] = ['loss.0', 'gradient_norm.0', 'accuracy.0'];
const validationSignals: readonly Key[] = ['validation_loss.0', 'validation_accuracy.0'];

/** Loggers write evaluations on rows of their own: they join the row of training before them. */
function joinEvaluations(bySteps: ReadonlyMap<number, StepValues>): number {
  let joined = 0;
  let last: StepValues | undefined;
  for (const step of [...bySteps.keys()].sort((a, b) => a - b)) {
    const values = bySteps.get(step);
    if (!values) continue;
    if (trainingSignals.some((key) => values.has(key))) {
      last = values;
      continue;
    }
    for (const key of validationSignals) {
      const value = values.get(key);
      if (value === undefined || !last) continue;
      last.set(key, value);
      values.delete(key);
      joined++;
    }
  }
  return joined;
}

/** What follows from a value that is not finite. */
function workedOut(values: StepValues): void {
  for (const [signal, counter] of [
    ['loss.0', 'nonfinite_loss.0'],
    ['gradient_norm.0', 'nonfinite_gradient.0'],
  ] as const) {
    const value = values.get(signal);
    if (value !== undefined && !values.has(counter)) values.set(counter, Number.isFinite(value) ? 0 : 1);
  }
}

function usualStride(steps: ArrayLike<number>): number {
  const gaps = Array.from(
    { length: Math.max(0, steps.length - 1) },
    (_, k) => (steps[k + 1] ?? 0) - (steps[k] ?? 0),
  );
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1;
}

/** An evaluation that is only repeated says nothing new: a log of ours names the step of each. */
function isEvaluated(values: StepValues, step: number): boolean {
  const at = values.get('evaluated_at.0');
  return validationSignals.some((key) => values.has(key)) && (at === undefined || at === step);
}

function write(
  layout: RowLayout,
  ordered: readonly (readonly [step: number, values: StepValues])[],
  stepOf: (index: number) => number,
): Uint32Array<ArrayBuffer> {
  const writer = new RowWriter(layout, Math.max(1, ordered.length));
  ordered.forEach(([step, values], index) => {
    writer.begin(stepOf(index));
    const evaluated = isEvaluated(values, step);
    for (const [key, value] of values) {
      const [signal = '', layer] = key.split('.');
      if (signal === 'evaluated_at' || (!evaluated && validationSignals.includes(key))) continue;
      writer.set(layout.column(signal, Number(layer)), value);
    }
    if (evaluated) writer.set(layout.column('evaluated_at'), stepOf(index));
  });
  return writer.take();
}

/** @param uses of each table's columns */
export function wreckRows(tables: readonly LogTable[], uses: readonly (readonly ColumnUse[])[]): WreckRows {
  const named = (wanted: string) => uses.some((some) => some.some(({ use }) => use === wanted));
  const unit = named('step') ? 'step' : named('epoch') ? 'epoch' : 'row';
  const gatherer = new RowGatherer();
  tables.forEach((table, index) => gatherer.see(table, uses[index] ?? [], unit));
  gatherer.end();
  const joined = joinEvaluations(gatherer.bySteps);
  if (joined > 0) gatherer.notes.push(`${counted(joined, 'evaluation')} joined the row of training before.`);
  const ordered = [...gatherer.bySteps].filter(([, values]) => values.size > 0).sort(([a], [b]) => a - b);
  for (const [, values] of ordered) workedOut(values);
  const layers = ordered.flatMap(([, values]) => [...values.keys()].map((key) => Number(key.split('.')[1])));
  const deepest = layers.reduce((most, layer) => Math.max(most, layer), 1);
  // The ratio of first layer to last is of a network that has more than one.
  const hiddenLayers = Math.min(mostLayers, named('gradient_norm_ratio') ? Math.max(2, deepest) : deepest);
  const isWhole = ordered.every(([step]) => Number.isInteger(step));
  if (!isWhole) gatherer.notes.push('Steps have fractions: rows are numbered instead.');
  const steps = Uint32Array.from(ordered, ([step], index) => (isWhole ? step : index));
  const layout = signalLayout(hiddenLayers);
  const present = new Set(
    ordered.flatMap(([, values]) => [...values.keys()].map((key) => key.split('.')[0] as SignalId)),
  );
  return {
    layout,
    hiddenLayers,
    steps,
    byStep: write(layout, ordered, (index) => steps[index] ?? 0),
    numbered: write(layout, ordered, (index) => index),
    present: [...present],
    stride: usualStride(steps),
    unit: isWhole ? unit : 'row',
    problems: gatherer.problems,
    notes: gatherer.notes,
  };
}
