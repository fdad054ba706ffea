// What the three streams of OTLP differ in: serialiser, what an item is, and where an answer counts the rejected ones.
import {
  LogsExporterMetricsHelper,
  MetricsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { OtlpSignal } from './endpoint.ts';

/** What a collector took only in part; `rejected` 0 = it took all and has a warning. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

export const serialisers = {
  traces: { serialiser: ProtobufTraceSerializer, counter: TraceExporterMetricsHelper },
  metrics: { serialiser: ProtobufMetricsSerializer, counter: MetricsExporterMetricsHelper },
  logs: { serialiser: ProtobufLogsSerializer, counter: LogsExporterMetricsHelper },
} as const;

/** What an item of the stream is called, in the plural. */
export const itemNames = {
  traces: 'spans',
  metrics: 'points',
  logs: 'log events',
} as const satisfies Readonly<Record<OtlpSignal, string>>;

/** Throws when the bytes are no answer of OTLP; null = everything was taken. */
export function partialSuccess(signal: OtlpSignal, body: Uint8Array): PartialSuccess | null {
  switch (signal) {
    case 'traces': {
      const part = ProtobufTraceSerializer.deserializeResponse(body).partialSuccess;
      return part ? partOf(part.rejectedSpans, part.errorMessage) : null;
    }
    case 'metrics': {
      const part = ProtobufMetricsSerializer.deserializeResponse(body).partialSuccess;
      return part ? partOf(part.rejectedDataPoints, part.errorMessage) : null;
    }
    case 'logs': {
      const part = ProtobufLogsSerializer.deserializeResponse(body).partialSuccess;
      return part ? partOf(part.rejectedLogRecords, part.errorMessage) : null;
    }
  }
}

/** A partial success without number and text means that everything was taken. */
function partOf(rejected = 0, message = ''): PartialSuccess | null {
  return rejected === 0 && message === '' ? null : { rejected, message };
}
