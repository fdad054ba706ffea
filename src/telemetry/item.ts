// What was emitted as the page shows it: flattened, and fit for a message between threads.
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { AnyValueMap } from '@opentelemetry/api-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';

type Flat = Readonly<Record<string, string | number | boolean>>;

interface Emitted {
  /** Within its run: what its OTLP is asked for by. */
  readonly id: number;
  readonly name: string;
  readonly attributes: Flat;
}

/** A finished span. Times in milliseconds since the epoch. */
export interface SpanItem extends Emitted {
  readonly kind: 'span';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly startTime: number;
  readonly endTime: number;
}

/** A log event, in the context of a span. */
export interface EventItem extends Emitted {
  readonly kind: 'event';
  readonly traceId: string;
  readonly spanId: string;
  readonly severity: number;
  readonly time: number;
}

/** One data point of a metric in one export; points of one metric have one id. */
export interface MetricItem extends Emitted {
  readonly kind: 'metric';
  readonly instrument: 'gauge' | 'counter' | 'histogram';
  readonly unit: string;
  readonly description: string;
  /** Of a histogram its mean. */
  readonly value: number;
  /** How many values a histogram holds. */
  readonly count?: number;
  readonly time: number;
}

export type TelemetryItem = SpanItem | EventItem | MetricItem;

export function timeOf(item: TelemetryItem): number {
  return item.kind === 'span' ? item.endTime : item.time;
}

function milliseconds([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}

function flat(attributes: Attributes | AnyValueMap): Flat {
  const entries = Object.entries(attributes).map(([name, value]) => {
    const simple = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
    return [name, simple ? value : JSON.stringify(value)] as const;
  });
  return Object.fromEntries(entries);
}

export function spanItem(id: number, span: ReadableSpan): SpanItem {
  const { traceId, spanId } = span.spanContext();
  return {
    kind: 'span',
    id,
    name: span.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? null,
    startTime: milliseconds(span.startTime),
    endTime: milliseconds(span.endTime),
    attributes: flat(span.attributes),
  };
}

export function eventItem(id: number, record: ReadableLogRecord): EventItem {
  return {
    kind: 'event',
    id,
    name: record.eventName ?? 'event',
    traceId: record.spanContext?.traceId ?? '',
    spanId: record.spanContext?.spanId ?? '',
    severity: record.severityNumber ?? 0,
    time: milliseconds(record.hrTime),
    attributes: flat(record.attributes),
  };
}

export function metricItems(id: number, metric: MetricData): readonly MetricItem[] {
  const { name, unit, description } = metric.descriptor;
  const common = { kind: 'metric', id, name, unit, description } as const;
  switch (metric.dataPointType) {
    case DataPointType.GAUGE:
    case DataPointType.SUM: {
      const instrument = metric.dataPointType === DataPointType.SUM ? 'counter' : 'gauge';
      return metric.dataPoints.map(({ attributes, endTime, value }) => ({
        ...common,
        instrument,
        attributes: flat(attributes),
        value,
        time: milliseconds(endTime),
      }));
    }
    case DataPointType.HISTOGRAM:
      return metric.dataPoints.map(({ attributes, endTime, value: { count, sum = NaN } }) => ({
        ...common,
        instrument: 'histogram',
        attributes: flat(attributes),
        value: sum / count,
        count,
        time: milliseconds(endTime),
      }));
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return [];
  }
}
