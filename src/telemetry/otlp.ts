// What was emitted as OTLP, by the official serialisers. Their JSON has null for NaN and infinity, so neither is ever put in: see `portable`.
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  type ISerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';

/** One thing that was emitted, as an exporter is given it. */
export type Original =
  | { readonly kind: 'span'; readonly span: ReadableSpan }
  | { readonly kind: 'event'; readonly record: ReadableLogRecord }
  | { readonly kind: 'metric'; readonly metrics: ResourceMetrics };

/** The request that would carry it, alone. */
export interface Otlp {
  readonly json: string;
  /** Of the same request as protobuf, before compression. */
  readonly bytes: number;
}

function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function both<T>(json: ISerializer<T, unknown>, protobuf: ISerializer<T, unknown>, request: T): Otlp {
  return {
    json: text(json.serializeRequest(request)),
    bytes: protobuf.serializeRequest(request)?.length ?? 0,
  };
}

export function otlpOf(original: Original): Otlp {
  switch (original.kind) {
    case 'span':
      return both(JsonTraceSerializer, ProtobufTraceSerializer, [original.span]);
    case 'event':
      return both(JsonLogsSerializer, ProtobufLogsSerializer, [original.record]);
    case 'metric':
      return both(JsonMetricsSerializer, ProtobufMetricsSerializer, original.metrics);
  }
}

/** What runs have emitted. */
export interface Emission {
  readonly spans: readonly ReadableSpan[];
  readonly logs: readonly ReadableLogRecord[];
}

/** One object with `resourceSpans` and `resourceLogs`, an element of each per run. */
export function otlpJson({ spans, logs }: Emission): Readonly<Record<string, unknown>> {
  return {
    ...(JSON.parse(text(JsonTraceSerializer.serializeRequest([...spans]))) as object),
    ...(JSON.parse(text(JsonLogsSerializer.serializeRequest([...logs]))) as object),
  };
}
