// Finished spans and log records as OTLP in JSON, the form that collectors and trace viewers read from a file.
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { AnyValue, AnyValueMap } from '@opentelemetry/api-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';

type Json = Readonly<Record<string, unknown>>;

/** Protobuf's JSON writes 64-bit integers as text; a number of JSON would lose the last digits. */
function nanoseconds([seconds, nanos]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

/** JSON has no NaN and no infinity, and collectors refuse null: they travel as text. */
function numberValue(value: number): Json {
  if (!Number.isFinite(value)) return { stringValue: String(value) };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

function anyValue(value: AnyValue): Json {
  if (typeof value === 'number') return numberValue(value);
  if (typeof value === 'boolean') return { boolValue: value };
  return { stringValue: typeof value === 'string' ? value : JSON.stringify(value) };
}

function keyValues(attributes: Attributes | AnyValueMap): readonly Json[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

/** OTLP counts kinds of spans from 1, the API from 0. */
const firstKind = 1;

function spanJson(span: ReadableSpan): Json {
  const { traceId, spanId } = span.spanContext();
  const parent = span.parentSpanContext?.spanId;
  return {
    traceId,
    spanId,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name: span.name,
    kind: span.kind + firstKind,
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: nanoseconds(span.endTime),
    attributes: keyValues(span.attributes),
    status: {},
  };
}

function logJson(record: ReadableLogRecord): Json {
  return {
    timeUnixNano: nanoseconds(record.hrTime),
    observedTimeUnixNano: nanoseconds(record.hrTimeObserved),
    severityNumber: record.severityNumber,
    eventName: record.eventName,
    body: anyValue(record.body ?? ''),
    attributes: keyValues(record.attributes),
    traceId: record.spanContext?.traceId,
    spanId: record.spanContext?.spanId,
  };
}

/** What one run has emitted: its resource is the same in every item. */
export interface Emission {
  readonly spans: readonly ReadableSpan[];
  readonly logs: readonly ReadableLogRecord[];
}

function resourceOf({ spans, logs }: Emission): Json {
  const source = spans[0] ?? logs[0];
  return { attributes: keyValues(source?.resource.attributes ?? {}) };
}

function scopeOf({ spans, logs }: Emission): Json {
  return { name: (spans[0] ?? logs[0])?.instrumentationScope.name };
}

/** One object with `resourceSpans` and `resourceLogs`, an element of each per run. */
export function otlpJson(runs: readonly Emission[]): Json {
  return {
    resourceSpans: runs.map((run) => ({
      resource: resourceOf(run),
      scopeSpans: [{ scope: scopeOf(run), spans: run.spans.map(spanJson) }],
    })),
    resourceLogs: runs.map((run) => ({
      resource: resourceOf(run),
      scopeLogs: [{ scope: scopeOf(run), logRecords: run.logs.map(logJson) }],
    })),
  };
}
