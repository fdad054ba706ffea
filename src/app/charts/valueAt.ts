// What a line says at a step, and the rows of the table behind a chart.
import type { ChartLine, ChartScale, ChartWindow } from './chart.ts';
import { firstAfter } from './joinLines.ts';

/** The last value at or before a step; undefined before the line begins, after it ends and where it was not emitted. */
export function valueAt({ steps, values }: ChartLine, step: number): number | undefined {
  if (step > (steps[steps.length - 1] ?? -Infinity)) return undefined;
  for (let at = firstAfter(steps, step) - 1; at >= 0; at--) {
    const value = values[at];
    if (value !== undefined) return value ?? undefined;
  }
  return undefined;
}

/** A value in the words of its scale, to three digits; NaN and infinity by name, a dash where there is none. */
export function valueText(value: number | undefined, scale: Pick<ChartScale, 'format'>): string {
  if (value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return scale.format(Number(value.toPrecision(3)));
}

export interface TableRow {
  readonly step: number;
  readonly values: readonly (number | undefined)[];
}

/** At most `count` rows, evenly spaced over the steps that the lines have in the window; first and last always among them. */
export function tableRows(lines: readonly ChartLine[], window: ChartWindow, count = 60): TableRow[] {
  const steps = [...new Set(lines.flatMap((line) => Array.from(line.steps)))]
    .filter((step) => step >= window.from && step <= window.to)
    .sort((a, b) => a - b);
  const spacing = Math.max(1, (steps.length - 1) / (count - 1));
  const rows = steps.length === 0 ? 0 : Math.floor((steps.length - 1) / spacing + 1e-9) + 1;
  return Array.from({ length: rows }, (_, row) => {
    const step = steps[Math.round(row * spacing)] ?? 0;
    return { step, values: lines.map((line) => valueAt(line, step)) };
  });
}
