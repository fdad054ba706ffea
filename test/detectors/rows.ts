// Synthetic rows for tests of detectors: named values in, events out.
import { Rows, RowWriter } from '../../src/core/layout.ts';
import type { Detector, DetectorEvent, Finding, WatchContext } from '../../src/detectors/detector.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { thresholdsOf } from '../../src/detectors/index.ts';
import { watchContextOf } from '../../src/detectors/monitor.ts';
import { signalLayout, signals } from '../../src/signals/index.ts';

export const hiddenLayers = 2;
export const layout = signalLayout(hiddenLayers);
export const context: WatchContext = watchContextOf(parseRecipe({ train: 1920 }), layout);

/** Values of one row by `signal`, or `signal.layer` where a layer has it; what is not named is absent. */
export type Values = Readonly<Record<string, number>>;

/** Packs one row per element, at steps from `first` on. */
export function rowsOf(values: readonly Values[], first = 0): Rows {
  const writer = new RowWriter(layout);
  values.forEach((row, index) => {
    writer.begin(first + index);
    for (const [name, value] of Object.entries(row)) {
      const [signal = '', layer = '0'] = name.split('.');
      writer.set(layout.column(signal, Number(layer)), value);
    }
  });
  return new Rows(layout, writer.take());
}

export function repeat(count: number, values: (step: number) => Values): readonly Values[] {
  return Array.from({ length: count }, (_, step) => values(step));
}

/** Everything that a detector says of these rows. */
export function eventsOf(
  detector: Detector,
  rows: Rows,
  overrides: Readonly<Record<string, number>> = {},
  within: WatchContext = context,
): readonly DetectorEvent[] {
  const watch = detector.watch(within, thresholdsOf(detector, overrides));
  return Array.from({ length: rows.count }, (_, row) => watch(rows, row)).flat();
}

/** The same as short text: `warning@40`, `resolved@47`, `firing@12 layer 2`. */
export function told(events: readonly DetectorEvent[]): readonly string[] {
  return events.map((event) => {
    const layer = event.kind === 'raised' ? event.finding.layer : event.layer;
    const what =
      event.kind === 'raised' ? `${event.finding.severity}@${event.finding.at}` : `resolved@${event.at}`;
    return layer === 0 ? what : `${what} layer ${layer}`;
  });
}

export function findingsOf(events: readonly DetectorEvent[]): readonly Finding[] {
  return events.flatMap((event) => (event.kind === 'raised' ? [event.finding] : []));
}

export const columnNames = signals.flatMap(({ id, scope }) =>
  scope === 'run' ? [id] : Array.from({ length: hiddenLayers }, (_, k) => `${id}.${k + 1}`),
);

/** What a signal reads while all is well, and where each one is at its worst. */
const calm = (step: number): Values => ({
  loss: 0.2 + 0.6 * Math.exp(-step / 20),
  validation_loss: 0.2 + 0.6 * Math.exp(-step / 20),
  gradient_norm: 1,
  gradient_norm_ratio: 1,
  update_ratio: 0.01,
  input_kl_divergence: 0.01,
  telemetry_series: 13,
  'activation_mean.1': 0.4,
});
const worst: Values = {
  loss: 5,
  validation_loss: 1e4,
  gradient_norm: 1e3,
  update_ratio: 0,
  gradient_norm_ratio: 1e-6,
  'activation_mean.1': 0,
  nonfinite_loss: 3,
  nonfinite_gradient: 2,
  nonfinite_weight: 1,
  input_kl_divergence: 2,
  telemetry_series: 847,
};

/** `good` steps in which all is well, then `bad` ones in which everything is as bad as it gets, in every column. */
export function wreck(good = 60, bad = 240): readonly Values[] {
  return repeat(good + bad, (step) => {
    const fallback = step < good ? 0 : 1;
    const known = step < good ? calm(step) : worst;
    const values = Object.fromEntries(columnNames.map((name) => [name, known[name] ?? fallback]));
    return { ...values, evaluated_at: step - (step % 10) };
  });
}

/** `good` steps in which all is well, then `bad` ones from which whole columns are missing. */
export function blindfold(good = 60, bad = 60): readonly Values[] {
  return wreck(good + bad, 0).map((row, step) =>
    step < good ? row : { evaluated_at: row['evaluated_at'] ?? 0 },
  );
}
