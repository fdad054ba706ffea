// OpenTelemetry's three exporters over one outlet: they serialise and hand over, and are done; the outlet queues, retries and counts.
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';
import { createOtlpNetworkExportDelegate, ExporterMetrics } from '@opentelemetry/otlp-exporter-base';
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer';
import type { OtlpSignal } from './endpoint.ts';
import { serialisers } from './serialisers.ts';

/** Where serialised telemetry goes, a `Transport` or nowhere. */
export interface Outlet {
  /** False = nothing is serialised. */
  isOpen(signal: OtlpSignal): boolean;
  send(signal: OtlpSignal, data: Uint8Array, items: number): void;
  lose(signal: OtlpSignal, items: number, cause: string): void;
  /** What it still has is tried now. */
  hurry(): void;
}

export interface Exporters {
  readonly spans: SpanExporter;
  readonly logs: LogRecordExporter;
  readonly metrics: PushMetricExporter;
}

export function createExporters(outlet: Outlet): Exporters {
  return {
    spans: otlpExporter<ReadableSpan[], unknown>('traces', serialisers.traces, outlet),
    metrics: createMetricExporter(outlet),
    logs: otlpExporter<ReadableLogRecord[], unknown>('logs', serialisers.logs, outlet),
  };
}

export function createMetricExporter(outlet: Outlet): PushMetricExporter {
  return otlpExporter<ResourceMetrics, unknown>('metrics', serialisers.metrics, outlet);
}

const success = 0;
const failed = 1;

interface OtlpExporter<Items> {
  export(items: Items, done: (result: { code: number; error?: Error }) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

interface Serialising<Items, Answer> {
  readonly serialiser: ISerializer<Items, Answer>;
  readonly counter: IExporterMetricsHelper<Items>;
}

function otlpExporter<Items, Answer>(
  signal: OtlpSignal,
  { serialiser, counter }: Serialising<Items, Answer>,
  outlet: Outlet,
): OtlpExporter<Items> {
  /** Of the export that the delegate is at: from there to the transport it goes in one go. */
  let count = 0;
  const delegate = createOtlpNetworkExportDelegate(
    // The outlet has the time-outs and the bounds; a limit here would lose items that nobody counts.
    { timeoutMillis: Infinity, concurrencyLimit: Infinity, compression: 'none' },
    serialiser,
    // Without one nothing is sent, and nothing is said. It records nothing: it has no meter provider.
    new ExporterMetrics({
      componentType: 'otlp_http_exporter',
      metricsHelper: counter,
      url: undefined,
      meterProvider: undefined,
      responseAttributesFromError: () => ({}),
    }),
    {
      send: (data) => {
        outlet.send(signal, data, count);
        return Promise.resolve({ status: 'success' });
      },
      shutdown: () => undefined,
    },
  );
  const hurry = (): Promise<void> => {
    outlet.hurry();
    return Promise.resolve();
  };
  return {
    export: (items, done) => {
      count = outlet.isOpen(signal) ? counter.countItems(items) : 0;
      if (count === 0) {
        done({ code: success });
        return;
      }
      try {
        delegate.export(items, done);
      } catch (error) {
        outlet.lose(signal, count, String(error));
        done({ code: failed, error: new Error(String(error)) });
      }
    },
    // Neither waits for the collector: batches behind a flush that waits are held up, and lost once there are too many.
    forceFlush: hurry,
    shutdown: hurry,
  };
}
