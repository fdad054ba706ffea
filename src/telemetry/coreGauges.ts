// The core signals' gauges: recorded from one row, at every export.
import type { Attributes, Gauge, Meter } from '@opentelemetry/api';
import type { RowLayout, Rows } from '../core/layout.ts';
import { signals } from '../signals/index.ts';
import { companions } from '../signals/series.ts';
import type { Signal } from '../signals/signal.ts';
import { layerAttributes } from './attributes.ts';

/** Where a layout keeps a signal of the whole run, or of one layer. */
export interface Column {
  readonly signal: string;
  readonly index: number;
  readonly attributes: Attributes;
}

export function columnsOf(layout: RowLayout, wanted: readonly Signal[]): readonly Column[] {
  const ids = wanted.map(({ id }) => id);
  return layout.columns.flatMap(({ signal, layer }, index) =>
    ids.includes(signal) ? [{ signal, index, attributes: layerAttributes(layer) }] : [],
  );
}

const all: readonly Signal[] = signals;
export const gauges = all.filter(({ id, instrument }) => instrument === 'gauge' && !companions.includes(id));

/** What a gauge is to record. */
export interface Reading {
  readonly signal: string;
  readonly attributes: Attributes;
  readonly value: number;
}

/**
 * Of the row of `step`, where it is among these, otherwise of the last one. A signal that is absent, NaN or infinite is left out: OTLP has
 * no gauge for it, and 0 would be a lie.
 */
export function readingsOf(rows: Rows, columns: readonly Column[], step?: number): readonly Reading[] {
  let row = rows.count - 1;
  if (step !== undefined && rows.step(0) <= step) while (row > 0 && rows.step(row) > step) row--;
  return columns.flatMap(({ signal, attributes, index }) => {
    const value = rows.value(row, index);
    return value !== undefined && Number.isFinite(value) ? [{ signal, attributes, value }] : [];
  });
}

export class CoreGauges {
  readonly #gauges: ReadonlyMap<string, Gauge>;

  constructor(meter: Meter) {
    this.#gauges = new Map(
      gauges.map(({ id, metric, unit, description }) => [
        id,
        meter.createGauge(metric, { unit, description }),
      ]),
    );
  }

  record(readings: readonly Reading[]): void {
    for (const { signal, attributes, value } of readings) this.#gauges.get(signal)?.record(value, attributes);
  }
}
