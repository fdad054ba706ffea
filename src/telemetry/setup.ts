// The providers of one run: the one file that knows how OpenTelemetry's SDK is set up, and where exporters are put in.
import type { Meter, Tracer } from '@opentelemetry/api';
import type { Logger } from '@opentelemetry/api-logs';
import { defaultResource, resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type LogRecordExporter,
  type LogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider,
  MetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  SimpleSpanProcessor,
  BasicTracerProvider,
  type IdGenerator,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-web';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { version } from '../../package.json';
import type { Clock } from './clock.ts';
import type { Memory } from './memory.ts';

const scope = 'trainwreck';

/** Who is told beside the page. Spans and log records come in batches, metrics once per interval and at every finding. */
export interface Exporters {
  readonly spans?: SpanExporter;
  readonly logs?: LogRecordExporter;
  readonly metrics?: PushMetricExporter;
  /** Told of what the levels above the core record, at every step. */
  readonly excess?: PushMetricExporter;
}

/** What stands in for wall clock and chance where a run must give the same telemetry every time; its exporters are told at once. */
export interface Script {
  /** The time now, in milliseconds since the epoch. */
  readonly now: Clock;
  readonly ids: IdGenerator;
}

export interface SetUp {
  readonly runId: string;
  /** The page's own exporters. */
  readonly memory: Memory;
  readonly exporters?: Exporters | undefined;
  readonly script?: Script | undefined;
}

export interface Providers {
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly meter: Meter;
  /** Collects the metrics and hands them to every exporter. */
  collect(): Promise<void>;
  /** Hands over what waits in batches. */
  flush(): Promise<void>;
  /** The same, for the last time: nothing is emitted afterwards. */
  shutdown(): Promise<void>;
}

/**
 * Sums and histograms count from the start of the run. A gauge has no temporality in OTLP, but the SDK repeats a cumulative one for
 * ever: with *delta* it leaves out what was not recorded since the last export, as when a signal is hidden.
 */
function temporalityOf(instrument: InstrumentType): AggregationTemporality {
  return instrument === InstrumentType.GAUGE
    ? AggregationTemporality.DELTA
    : AggregationTemporality.CUMULATIVE;
}

/** Reads when it is told to, without a timer: gauges are recorded just before, so that every export has the values of one step. */
class ToldReader extends MetricReader {
  readonly #exporters: readonly PushMetricExporter[];

  /** @param mostSeries of one instrument; absent = the SDK's own limit, 2,000, beyond which it adds up all others as one */
  constructor(exporters: readonly PushMetricExporter[], mostSeries?: number) {
    super({
      aggregationTemporalitySelector: temporalityOf,
      ...(mostSeries === undefined ? {} : { cardinalitySelector: () => mostSeries }),
    });
    this.#exporters = exporters;
  }

  /** Does not wait for the exporters: how a collector fares is their affair. */
  protected async onForceFlush(): Promise<void> {
    const { resourceMetrics } = await this.collect();
    for (const exporter of this.#exporters) exporter.export(resourceMetrics, () => undefined);
  }

  protected async onShutdown(): Promise<void> {
    await Promise.all(this.#exporters.map((exporter) => exporter.shutdown()));
  }
}

function spanProcessors({ memory, exporters, script }: SetUp): SpanProcessor[] {
  const own = new SimpleSpanProcessor(memory.spans);
  const other = exporters?.spans;
  if (!other) return [own];
  return [own, script ? new SimpleSpanProcessor(other) : new BatchSpanProcessor(other)];
}

function logProcessors({ memory, exporters, script }: SetUp): LogRecordProcessor[] {
  const own = new SimpleLogRecordProcessor({ exporter: memory.logs });
  const exporter = exporters?.logs;
  if (!exporter) return [own];
  return [
    own,
    script ? new SimpleLogRecordProcessor({ exporter }) : new BatchLogRecordProcessor({ exporter }),
  ];
}

function resourceOf(runId: string): Resource {
  return defaultResource().merge(
    resourceFromAttributes({
      [ATTR_SERVICE_NAME]: scope,
      [ATTR_SERVICE_VERSION]: version,
      'service.instance.id': runId,
    }),
  );
}

/** Metrics alone, for the levels above the core: kept apart, so that nobody is sent them by accident. */
export interface MetricProvider {
  readonly meter: Meter;
  collect(): Promise<void>;
  shutdown(): Promise<void>;
}

/** @param mostSeries of one instrument; absent = the SDK's own limit */
export function setUpMetrics(
  runId: string,
  exporters: readonly PushMetricExporter[],
  mostSeries?: number,
): MetricProvider {
  const reader = new ToldReader(exporters, mostSeries);
  const meters = new MeterProvider({ resource: resourceOf(runId), readers: [reader] });
  return {
    meter: meters.getMeter(scope),
    collect: () => meters.forceFlush(),
    shutdown: () => meters.shutdown(),
  };
}

/** One set of providers per run: each run is an instance of its own, and forks are separate series. */
export function setUp(request: SetUp): Providers {
  const { runId, memory, exporters, script } = request;
  const resource = resourceOf(runId);
  const tracers = new BasicTracerProvider({
    resource,
    spanProcessors: spanProcessors(request),
    ...(script ? { idGenerator: script.ids } : {}),
  });
  const loggers = new LoggerProvider({ resource, processors: logProcessors(request) });
  const metrics = setUpMetrics(runId, [memory.metrics, ...(exporters?.metrics ? [exporters.metrics] : [])]);
  return {
    tracer: tracers.getTracer(scope),
    logger: loggers.getLogger(scope),
    meter: metrics.meter,
    collect: () => metrics.collect(),
    flush: async () => {
      await Promise.allSettled([tracers.forceFlush(), loggers.forceFlush()]);
    },
    shutdown: async () => {
      await Promise.all([tracers.shutdown(), loggers.shutdown(), metrics.shutdown()]);
    },
  };
}
