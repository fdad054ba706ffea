// The rows of all runs as one CSV (RFC 4180): a line per step and run, a field per column, empty where a signal is absent.
import type { Column, Rows } from '../core/layout.ts';
import type { RecordedRun } from './recordedRun.ts';

const lineEnd = '\r\n';

/** A field with a comma, a quote or a line end stands between quotes. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shortest decimal that reads back as the same f32; NaN and infinity by name. */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** `loss`, `dead_neuron_ratio.layer_1`. */
export function columnName({ signal, layer }: Column): string {
  return layer === 0 ? signal : `${signal}.layer_${layer}`;
}

function rowFields(rows: Rows, row: number, generation: number): readonly string[] {
  const values = rows.layout.columns.map((_, column) => {
    const value = rows.value(row, column);
    return value === undefined ? '' : float32Text(value);
  });
  return [String(generation), String(rows.step(row)), ...values];
}

export function rowsCsv(runs: readonly [RecordedRun, ...RecordedRun[]]): string {
  const header = ['generation', 'step', ...runs[0].rows.layout.columns.map(columnName)];
  const lines = runs.flatMap(({ rows, generation }) =>
    Array.from({ length: rows.count }, (_, row) => rowFields(rows, row, generation)),
  );
  return [header, ...lines].map((fields) => fields.map(field).join(',') + lineEnd).join('');
}
