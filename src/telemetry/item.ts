// A finished span or a log event as the page shows it: flattened, and fit for a message between threads.
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { AnyValueMap } from '@opentelemetry/api-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';

/** A finished span or an emitted log event, flattened for the page. Times in milliseconds since the epoch. */
export interface TelemetryItem {
  readonly kind: 'span' | 'event';
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly startTime: number;
  readonly endTime: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

function milliseconds([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}

function flat(attributes: Attributes | AnyValueMap): Record<string, string | number | boolean> {
  const entries = Object.entries(attributes).map(([name, value]) => {
    const simple = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
    return [name, simple ? value : JSON.stringify(value)] as const;
  });
  return Object.fromEntries(entries);
}

export function spanItem(span: ReadableSpan): TelemetryItem {
  const { traceId, spanId } = span.spanContext();
  return {
    kind: 'span',
    name: span.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? null,
    startTime: milliseconds(span.startTime),
    endTime: milliseconds(span.endTime),
    attributes: flat(span.attributes),
  };
}

export function eventItem(record: ReadableLogRecord): TelemetryItem {
  const time = milliseconds(record.hrTime);
  return {
    kind: 'event',
    name: record.eventName ?? 'event',
    traceId: record.spanContext?.traceId ?? '',
    spanId: record.spanContext?.spanId ?? '',
    parentSpanId: null,
    startTime: time,
    endTime: time,
    attributes: flat(record.attributes),
  };
}
