// A training thread's export, alone: a seat with its exporters behind the SDK, told what to do by the test's page.
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { ExportSeat, type ExportRequest } from '../../../src/telemetry/export/exportSeat.ts';

/** Besides what a page may ask: emit a span, a log event and three points; or `count` spans of about `bytes` each. */
export type Order =
  | ExportRequest
  | { readonly kind: 'emit' }
  | { readonly kind: 'emit-large'; readonly count: number; readonly bytes: number };

const seat = new ExportSeat((answer) => self.postMessage(answer), self.location);
const resource = resourceFromAttributes({ 'service.name': 'trainwreck', 'service.instance.id': 'run-1' });
const tracer = new WebTracerProvider({
  resource,
  spanProcessors: [new SimpleSpanProcessor(seat.exporters.spans)],
}).getTracer('trainwreck');
const logger = new LoggerProvider({
  resource,
  processors: [new SimpleLogRecordProcessor({ exporter: seat.exporters.logs })],
}).getLogger('trainwreck');
const reader = new PeriodicExportingMetricReader({ exporter: seat.exporters.metrics });
const meter = new MeterProvider({ resource, readers: [reader] }).getMeter('trainwreck');
const gauges = {
  loss: meter.createGauge('training.loss'),
  norm: meter.createGauge('training.gradient_norm'),
};
const steps = meter.createCounter('training.steps', { unit: '{step}' });

async function emit(): Promise<void> {
  tracer.startSpan('training.run', { attributes: { 'training.seed': 7 } }).end();
  logger.emit({
    eventName: 'training.detector.fired',
    severityNumber: SeverityNumber.ERROR,
    body: 'nonfinite firing',
    attributes: { 'signal.value': 'NaN' },
  });
  gauges.loss.record(NaN);
  gauges.norm.record(Infinity);
  steps.add(3);
  await reader.forceFlush();
}

/** Text of 64 letters in no order that repeats, so that little of it can be compressed away. */
function noise(bytes: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCharCode(48 + (state >>> 26));
  }).join('');
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'emit') await emit();
  else if (order.kind === 'emit-large') {
    for (let i = 0; i < order.count; i++) {
      tracer.startSpan(`large ${i}`, { attributes: { noise: noise(order.bytes, i) } }).end();
    }
  } else seat.receive(order);
  if (order.kind.startsWith('emit')) await seat.flush();
}

self.addEventListener('message', ({ data }: MessageEvent<Order>) => void obey(data));
