// The seat of a run's export: what the page asks of it, and what OpenTelemetry's SDK sends through it.
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, WebTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-web';
import { afterEach, describe, expect, test } from 'vitest';
import { otlpSignals, type OtlpSignal } from '../../../src/telemetry/export/endpoint.ts';
import { ExportSeat, type ExportAnswer } from '../../../src/telemetry/export/exportSeat.ts';
import { startCollector, taken, type Collector } from './collector.ts';

const started: Collector[] = [];

async function collector(...parameters: Parameters<typeof startCollector>): Promise<Collector> {
  const server = await startCollector(...parameters);
  started.push(server);
  return server;
}

function typed(endpoint: string, headers = '', signals: readonly OtlpSignal[] = otlpSignals) {
  return { endpoint, headers, compression: 'gzip', signals } as const;
}

function seated() {
  const answers: ExportAnswer[] = [];
  const seat = new ExportSeat((answer) => answers.push(answer), {
    protocol: 'https:',
    origin: 'https://trainwreck.example',
  });
  return { seat, answers, resource: resourceFromAttributes({ 'service.name': 'trainwreck' }) };
}

/** The state as the page would be told. */
function stateOf({ seat, answers }: ReturnType<typeof seated>) {
  seat.receive({ kind: 'export-state' });
  const last = answers.at(-1);
  return last?.kind === 'export-state' ? last.state : null;
}

afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

test('spans, log events and points of the SDK arrive, each at its path, and are counted as what they are', async () => {
  const server = await collector(() => taken);
  const under = seated();
  const { seat, resource } = under;
  seat.receive({ kind: 'export', target: typed(server.url), excess: false });

  const tracers = new WebTracerProvider({
    resource,
    spanProcessors: [new SimpleSpanProcessor(seat.exporters.spans)],
  });
  tracers.getTracer('t').startSpan('training.run').end();
  const loggers = new LoggerProvider({
    resource,
    processors: [new SimpleLogRecordProcessor({ exporter: seat.exporters.logs })],
  });
  loggers.getLogger('t').emit({ severityNumber: SeverityNumber.INFO, body: 'Training started' });
  const reader = new PeriodicExportingMetricReader({
    exporter: seat.exporters.metrics,
    exportIntervalMillis: 60_000,
    exportTimeoutMillis: 1_000,
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  for (const value of [NaN, Infinity, 0.5]) meters.getMeter('t').createGauge('training.loss').record(value);
  meters.getMeter('t').createCounter('training.steps').add(3, { 'layer.name': 'layer_1' });
  await reader.forceFlush();
  await seat.flush();

  const paths = () => server.received.map(({ path }) => path).sort();
  await expect.poll(() => paths()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
  await seat.flush();
  expect(server.received.find(({ path }) => path === '/v1/traces')?.body.toString('latin1')).toContain(
    'training.run',
  );
  expect(stateOf(under)).toMatchObject({
    counts: { traces: { sent: 1 }, logs: { sent: 1 }, metrics: { sent: 2, queued: 0 } },
    requests: 3,
    lastProblem: null,
  });
  await meters.shutdown();
});

/** Three points, as a reader collects them. */
async function points(resource: Resource): Promise<ResourceMetrics> {
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.DELTA),
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  for (const layer of [1, 2, 3]) meters.getMeter('t').createGauge('g').record(1, { layer });
  const { resourceMetrics } = await reader.collect();
  await meters.shutdown();
  return resourceMetrics;
}

test('a stream that was not chosen is not even serialised', async () => {
  const server = await collector(() => taken);
  const under = seated();
  under.seat.receive({ kind: 'export', target: typed(server.url, '', ['metrics']), excess: false });
  const span = new Proxy({}, { get: () => expect.unreachable('an item was looked at') }) as ReadableSpan;
  under.seat.exporters.spans.export([span], () => undefined);
  under.seat.exporters.metrics.export(await points(under.resource), () => undefined);
  await under.seat.flush();
  expect(server.received.map(({ path }) => path)).toEqual(['/v1/metrics']);
  expect(stateOf(under)).toMatchObject({ counts: { traces: { sent: 0, queued: 0 }, metrics: { sent: 3 } } });
});

describe('the excess levels', () => {
  const untouched = new Proxy({}, { get: () => expect.unreachable('it was looked at') }) as ResourceMetrics;

  test('stay here unless they are asked for, and are not even looked at', async () => {
    const server = await collector(() => taken);
    const { seat } = seated();
    const results: number[] = [];
    seat.excessMetrics.export(untouched, ({ code }) => results.push(code));
    seat.receive({ kind: 'export', target: typed(server.url), excess: false });
    seat.excessMetrics.export(untouched, ({ code }) => results.push(code));
    seat.receive({ kind: 'export', target: typed(server.url, '', ['traces', 'logs']), excess: true });
    seat.excessMetrics.export(untouched, ({ code }) => results.push(code));
    seat.receive({ kind: 'export', target: null, excess: true });
    seat.excessMetrics.export(untouched, ({ code }) => results.push(code));
    await seat.flush();
    expect(results).toEqual([0, 0, 0, 0]);
    expect(server.received).toEqual([]);
  });

  test('are sent once they are; what was counted before stays, and so it does when they stop', async () => {
    const server = await collector(() => taken);
    const under = seated();
    const metrics = await points(under.resource);
    under.seat.receive({ kind: 'export', target: typed(server.url), excess: false });
    under.seat.exporters.metrics.export(metrics, () => undefined);
    under.seat.receive({ kind: 'export', target: typed(server.url), excess: true });
    under.seat.excessMetrics.export(metrics, () => undefined);
    under.seat.receive({ kind: 'export', target: typed(server.url), excess: false });
    under.seat.excessMetrics.export(untouched, () => undefined);
    await under.seat.flush();
    expect(server.received).toHaveLength(2);
    expect(stateOf(under)).toMatchObject({ counts: { metrics: { sent: 6, dropped: 0 } } });
  });
});

test('when it closes, what waits is dropped, and said', async () => {
  const server = await collector(() => null);
  const under = seated();
  under.seat.receive({ kind: 'export', target: typed(server.url), excess: false });
  under.seat.exporters.metrics.export(await points(under.resource), () => undefined);
  await expect.poll(() => server.received).toHaveLength(1);
  under.seat.exporters.metrics.export(await points(under.resource), () => undefined);
  await expect.poll(() => stateOf(under)?.queuedBytes).toBeGreaterThan(0);
  under.seat.close();
  const last = under.answers.at(-1);
  expect(last?.kind === 'export-state' && last.state?.counts.metrics).toMatchObject({ sent: 0, dropped: 3 });
  expect(stateOf(under)).toBeNull();
});

describe('without an endpoint', () => {
  test('nothing is serialised, nothing is kept, and the SDK hears that all is well', () => {
    const under = seated();
    const results: number[] = [];
    const span = new Proxy({}, { get: () => expect.unreachable('an item was looked at') }) as ReadableSpan;
    under.seat.exporters.spans.export([span], ({ code }) => results.push(code));
    expect(results).toEqual([0]);
    expect(stateOf(under)).toBeNull();
  });

  test('again, after it was switched off', async () => {
    const server = await collector(() => taken);
    const under = seated();
    under.seat.receive({ kind: 'export', target: typed(server.url), excess: false });
    expect(stateOf(under)).not.toBeNull();
    under.seat.receive({ kind: 'export', target: null, excess: false });
    expect(under.answers.at(-2)).toMatchObject({ kind: 'export-state', state: { requests: 0 } });
    expect(under.answers.at(-1)).toEqual({ kind: 'export-state', state: null });
    expect(stateOf(under)).toBeNull();
  });
});

test('what cannot be serialised is counted and said; nothing is thrown', () => {
  const under = seated();
  under.seat.receive({ kind: 'export', target: typed('http://localhost:4318'), excess: false });
  const broken = { spanContext: () => expect.unreachable('broken') } as unknown as ReadableSpan;
  const results: number[] = [];
  under.seat.exporters.spans.export([broken], ({ code }) => results.push(code));
  expect(results).toEqual([1]);
  expect(stateOf(under)).toMatchObject({ counts: { traces: { dropped: 1 } } });
  under.seat.close();
});

test('an endpoint that will not do is refused with the field, and the one before stays', async () => {
  const server = await collector(() => taken);
  const under = seated();
  under.seat.receive({ kind: 'export', target: typed(server.url), excess: false });
  under.seat.receive({
    kind: 'export',
    target: typed('javascript:alert(1)', 'a\nb: 2', []),
    excess: false,
  });
  const refused = under.answers.at(-1);
  expect(refused).toMatchObject({
    kind: 'export-refused',
    problems: [{ field: 'endpoint' }, { field: 'headers' }, { field: 'signals' }],
  });
  expect(stateOf(under)).not.toBeNull();
});

test('a test of the connection answers with verdicts, and changes nothing', async () => {
  const server = await collector(() => taken);
  const under = seated();
  under.seat.receive({ kind: 'export-test', target: typed(server.url) });
  await expect.poll(() => under.answers).toHaveLength(1);
  expect(under.answers[0]).toMatchObject({ kind: 'export-tested', verdicts: { metrics: { kind: 'ok' } } });
  expect(stateOf(under)).toBeNull();
});
