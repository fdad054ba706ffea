// From the columns of a log to rows as detectors read them.
import { counted } from '../core/wording.ts';
import { RowWriter, type RowLayout } from '../core/layout.ts';
import { signalLayout, type SignalId } from '../signals/index.ts';
import type { ColumnUse } from './columns.ts';
import { RowGatherer, type Key, type StepValues, type Unit } from './gather.ts';
import type { LogTable } from './logTable.ts';
import { Report } from './report.ts';

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
  readonly unit: Unit;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

const mostLayers = 12;

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

/** What follows from a value that is not finite, as a row holds it: 1e39 is none of its numbers. */
function workedOut(values: StepValues): void {
  for (const [signal, counter] of [
    ['loss.0', 'nonfinite_loss.0'],
    ['gradient_norm.0', 'nonfinite_gradient.0'],
  ] as const) {
    const value = values.get(signal);
    if (value !== undefined && !values.has(counter))
      values.set(counter, Number.isFinite(Math.fround(value)) ? 0 : 1);
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

type OrderedRows = readonly (readonly [step: number, values: StepValues])[];

/** The ratio of first layer to last is of a network that has more than one. */
function hiddenLayersOf(rows: OrderedRows, hasRatio: boolean): number {
  const layers = rows.flatMap(([, values]) => [...values.keys()].map((key) => Number(key.split('.')[1])));
  const deepest = layers.reduce((most, layer) => Math.max(most, layer), hasRatio ? 2 : 1);
  return Math.min(mostLayers, deepest);
}

function signalsOf(rows: OrderedRows): readonly SignalId[] {
  const keys = rows.flatMap(([, values]) => [...values.keys()]);
  return [...new Set(keys.map((key) => key.split('.')[0] as SignalId))];
}

/** Rows in order of steps, as a log means them. */
function orderedRows(bySteps: ReadonlyMap<number, StepValues>, report: Report): OrderedRows {
  const joined = joinEvaluations(bySteps);
  if (joined > 0) report.notes.push(`${counted(joined, 'evaluation')} joined the row of training before.`);
  const ordered = [...bySteps].filter(([, values]) => values.size > 0).sort(([a], [b]) => a - b);
  for (const [, values] of ordered) workedOut(values);
  return ordered;
}

/** Of several files, those whose rows are joined to the others' by nothing but their number. */
function tellUnclocked(
  tables: readonly LogTable[],
  uses: readonly (readonly ColumnUse[])[],
  unit: Unit,
  report: Report,
): void {
  const unclocked = tables.filter((_, index) => !uses[index]?.some(({ use }) => use === unit));
  // Where no file has steps, the others are joined to the first.
  for (const { file } of unit === 'row' ? unclocked.slice(1) : tables.length > 1 ? unclocked : [])
    report.of(file).note('It has no step: its rows count as 0, 1, 2 …, and join those of the other files.');
}

/** @param uses of each table's columns */
export function wreckRows(tables: readonly LogTable[], uses: readonly (readonly ColumnUse[])[]): WreckRows {
  const named = (wanted: string) => uses.some((some) => some.some(({ use }) => use === wanted));
  const unit = named('step') ? 'step' : named('epoch') ? 'epoch' : 'row';
  const report = new Report(tables.length);
  const gatherer = new RowGatherer(report);
  tables.forEach((table, index) => gatherer.see(table, uses[index] ?? [], unit));
  tellUnclocked(tables, uses, unit, report);
  report.end();
  const ordered = orderedRows(gatherer.bySteps, report);
  const hiddenLayers = hiddenLayersOf(ordered, named('gradient_norm_ratio'));
  const isWhole = ordered.every(([step]) => Number.isInteger(step));
  if (!isWhole) report.notes.push('Steps have fractions: rows are numbered instead.');
  const steps = Uint32Array.from(ordered, ([step], index) => (isWhole ? step : index));
  const layout = signalLayout(hiddenLayers);
  return {
    layout,
    hiddenLayers,
    steps,
    byStep: write(layout, ordered, (index) => steps[index] ?? 0),
    numbered: write(layout, ordered, (index) => index),
    present: signalsOf(ordered),
    stride: usualStride(steps),
    unit: isWhole && !gatherer.everyNumbered ? unit : 'row',
    problems: report.problems,
    notes: report.notes,
  };
}
