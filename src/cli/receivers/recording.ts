// A recorded run as Prometheus would have stored it: one step a second, every emitted signal a time series; and what the detectors said of it.
import { Rows, type Column } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import { divergenceInputs } from '../../data/inputShift.ts';
import { emittedRows, makeMonitor, watchContextOf } from '../../detectors/monitor.ts';
import { prometheusName } from '../../signals/prometheus.ts';
import { signals } from '../../signals/index.ts';
import { datasetOf } from '../quality/program.ts';
import { Run } from '../quality/run.ts';

export interface TimeSeries {
  /** `name{label="value"}`. */
  readonly selector: string;
  /** One per step; undefined where it was not emitted. */
  readonly values: readonly (number | undefined)[];
}

export interface Recording {
  readonly id: string;
  readonly recipe: Recipe;
  readonly steps: number;
  /** Inputs that the divergence is taken over. */
  readonly inputs: number;
  readonly series: readonly TimeSeries[];
  /** Step of the first finding by detector, whatever its severity; and of the first warning. */
  readonly first: Readonly<Record<string, number>>;
  readonly firstWarning: Readonly<Record<string, number>>;
}

function selectorOf({ signal: id, layer }: Column): string {
  const signal = signals.find((each) => each.id === id);
  if (!signal) throw new Error(`signal “${id}”: there are ${signals.map((each) => each.id).join(', ')}`);
  const labels = ['instance="run"'];
  if (layer > 0) labels.push(`layer_name="hidden_${layer}"`);
  // One counter counts NaN and infinite values of three kinds.
  if (signal.metric === 'training.nonfinite') labels.push(`signal_name="${id.replace('nonfinite_', '')}"`);
  return `${prometheusName(signal)}{${labels.join(',')}}`;
}

function seriesOf(rows: Rows): TimeSeries[] {
  return rows.layout.columns.map((column, index) => {
    const isCounter = signals.some(({ id, instrument }) => id === column.signal && instrument === 'counter');
    let total = 0;
    const values = Array.from({ length: rows.count }, (_, row) => {
      const value = rows.value(row, index);
      if (value === undefined || !isCounter) return value;
      total += value;
      return total;
    });
    return { selector: selectorOf(column), values };
  });
}

/** Trains a recipe on plain, whose rows repeat bit for bit everywhere. */
export async function record(id: string, recipe: Recipe, steps: number): Promise<Recording> {
  const dataset = await datasetOf(recipe);
  const run = await Run.start(recipe, dataset, 'full');
  await run.advanceTo(steps);
  const rows = new Rows(run.layout, run.words());
  run.dispose();
  const inputs = divergenceInputs(dataset);
  const [first, firstWarning]: Record<string, number>[] = [{}, {}] as const;
  for (const event of makeMonitor(recipe, rows.layout, { inputs }).push(rows)) {
    if (event.kind !== 'raised') continue;
    const { detector, severity, at } = event.finding;
    first[detector] ??= at;
    if (severity === 'warning') firstWarning[detector] ??= at;
  }
  const emitted = emittedRows(rows, watchContextOf(recipe, rows.layout).settings);
  return { id, recipe, steps, inputs, series: seriesOf(emitted), first, firstWarning };
}
