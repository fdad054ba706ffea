// One run as OpenTelemetry: spans, log events in their context, and exporters that do not grow.
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DetectorEvent, Finding } from '../../src/detectors/detector.ts';
import manifest from '../../package.json' with { type: 'json' };
import { MemoryLogExporter, MemorySpanExporter } from '../../src/telemetry/memory.ts';
import { timeOf, type EventItem, type SpanItem, type TelemetryItem } from '../../src/telemetry/item.ts';
import { RunTelemetry } from '../../src/telemetry/runTelemetry.ts';
import type { Script } from '../../src/telemetry/setup.ts';

const identity = {
  runId: 'run-7',
  engine: 'compiled.plain',
  adapter: 'none',
  seed: 42,
  recipe: 'v=1&scenario=ring',
  startTime: 0,
};

const finding: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 402,
  at: 403,
  evidence: [
    { signal: 'gradient_norm', value: 12, baseline: 1.5, threshold: 10 },
    { signal: 'loss', value: 3 },
  ],
};

function raised(changes: Partial<Finding> = {}): DetectorEvent {
  return { kind: 'raised', finding: { ...finding, ...changes } };
}

function spansIn(items: readonly TelemetryItem[], name?: string): readonly SpanItem[] {
  return items.filter((item) => item.kind === 'span').filter((item) => (name ?? item.name) === item.name);
}

function eventsIn(items: readonly TelemetryItem[], name: string): readonly EventItem[] {
  return items.filter((item) => item.kind === 'event').filter((item) => item.name === name);
}

/** A clock of one's own, and ids that count. */
function scriptOf(now: () => number): Script {
  let id = 0;
  const next = (length: number): string => String(++id).padStart(length, '0');
  return { now, ids: { generateTraceId: () => next(32), generateSpanId: () => next(16) } };
}

/** A telemetry whose “run started” event was taken already. */
function started(): RunTelemetry {
  const telemetry = new RunTelemetry(identity);
  telemetry.take();
  return telemetry;
}

afterEach(() => vi.restoreAllMocks());

describe('spans', () => {
  test('stand under their run: epochs one after another, and compilations', () => {
    const telemetry = new RunTelemetry(identity);
    telemetry.compiled({ from: 1000, to: 1250 }, identity.engine);
    telemetry.spans.reachedEpoch(0, 0);
    telemetry.spans.reachedEpoch(1, 15);
    void telemetry.end(20);
    const spans = spansIn(telemetry.take());
    const [run] = spansIn(spans, 'training.run');
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'training.compile',
      'training.epoch',
      'training.epoch',
      'training.run',
    ]);
    expect(run).toMatchObject({ parentSpanId: null });
    for (const span of spans) {
      expect(span.traceId).toBe(run!.traceId);
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
      if (span !== run) expect(span.parentSpanId).toBe(run!.spanId);
      expect(span.endTime).toBeGreaterThanOrEqual(span.startTime);
    }
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  });

  test('of a run carry recipe, engine, adapter, seed and how far it came', () => {
    const telemetry = new RunTelemetry(identity);
    void telemetry.end(2000);
    expect(spansIn(telemetry.take(), 'training.run')[0]?.attributes).toEqual({
      'training.recipe': identity.recipe,
      'training.engine': identity.engine,
      'training.adapter': identity.adapter,
      'training.seed': 42,
      'training.steps': 2000,
      'telemetry.spans.dropped': 0,
    });
  });

  test('of a compilation have the times given', () => {
    const telemetry = started();
    telemetry.compiled({ from: 1_700_000_000_000, to: 1_700_000_000_250.5 }, identity.engine);
    const [span] = spansIn(telemetry.take());
    expect(span).toMatchObject({ name: 'training.compile', startTime: 1_700_000_000_000 });
    expect(span!.endTime - span!.startTime).toBeCloseTo(250.5, 2);
  });

  test('of an epoch are exported when the next begins, each epoch once', () => {
    const telemetry = started();
    telemetry.spans.reachedEpoch(0, 0);
    telemetry.spans.reachedEpoch(0, 5);
    expect(telemetry.take()).toEqual([]);
    telemetry.spans.reachedEpoch(1, 15);
    const epochs = spansIn(telemetry.take(), 'training.epoch');
    expect(epochs.map(({ attributes }) => attributes)).toEqual([{ 'training.epoch': 0, 'training.step': 0 }]);
  });

  test('of two runs are of two traces', () => {
    const traces = [0, 1].map(() => {
      const telemetry = new RunTelemetry(identity);
      void telemetry.end(1);
      return spansIn(telemetry.take(), 'training.run')[0]!.traceId;
    });
    expect(traces[0]).not.toBe(traces[1]);
  });
});

describe('a finding', () => {
  test('is a log event in the context of the run’s span', () => {
    const telemetry = started();
    telemetry.detected(raised());
    void telemetry.end(500);
    const items = telemetry.take();
    const [event] = eventsIn(items, 'training.detector.fired');
    const [run] = spansIn(items, 'training.run');
    expect(event).toMatchObject({ kind: 'event', traceId: run!.traceId, spanId: run!.spanId });
  });

  test('carries run, step, detector, severity, onset, signal, value, baseline and threshold', () => {
    const telemetry = started();
    telemetry.detected(raised());
    expect(telemetry.take()[0]?.attributes).toEqual({
      'training.run.id': 'run-7',
      'training.step': 403,
      'detector.id': 'loss-spike',
      'detector.severity': 'firing',
      'detector.onset': 402,
      'signal.name': 'gradient_norm',
      'signal.value': 12,
      'signal.baseline': 1.5,
      'detector.threshold': 10,
    });
  });

  test('names its layer where it has one, and leaves out what there is not', () => {
    const telemetry = started();
    telemetry.detected(raised({ layer: 2, evidence: [{ signal: 'dead_neuron_ratio', value: 0.5 }] }));
    const attributes = telemetry.take()[0]!.attributes;
    expect(attributes).toMatchObject({ 'layer.name': 'layer_2' });
    expect(Object.keys(attributes)).not.toContain('signal.baseline');
    expect(Object.keys(attributes)).not.toContain('detector.threshold');
  });

  test.each([NaN, Infinity, -Infinity])('of %d travels as a string', (value) => {
    const telemetry = started();
    telemetry.detected(raised({ evidence: [{ signal: 'loss', value, baseline: value, threshold: value }] }));
    expect(telemetry.take()[0]?.attributes).toMatchObject({
      'signal.value': String(value),
      'signal.baseline': String(value),
      'detector.threshold': String(value),
    });
  });

  test('is an error when it fires and a warning when it warns', () => {
    const records = watch(MemoryLogExporter.prototype);
    const telemetry = started();
    telemetry.detected(raised());
    telemetry.detected(raised({ severity: 'warning' }));
    // OpenTelemetry's numbers: 9 = info, 13 = warn, 17 = error.
    expect(records().map(({ severityNumber }) => severityNumber)).toEqual([9, 17, 13]);
  });

  test('that is over is an event of its own', () => {
    const telemetry = started();
    telemetry.detected({ kind: 'resolved', detector: 'dead-neurons', layer: 1, at: 900 });
    expect(telemetry.take()).toMatchObject([
      {
        name: 'training.detector.resolved',
        attributes: {
          'training.run.id': 'run-7',
          'training.step': 900,
          'detector.id': 'dead-neurons',
          'layer.name': 'layer_1',
        },
      },
    ]);
  });
});

test('a run says that it started', () => {
  expect(new RunTelemetry(identity).take()).toMatchObject([
    {
      kind: 'event',
      name: 'training.run.started',
      attributes: { 'training.run.id': 'run-7', 'training.seed': 42 },
    },
  ]);
});

test('an intervention is an event with its change, and with its rewind where it has one', () => {
  const telemetry = started();
  const change = { kind: 'set', settings: { clipNorm: 1 } } as const;
  telemetry.intervened({ at: 402, by: 'edit', change });
  telemetry.intervened({ at: 433, by: 'clip', rewindTo: 384, change });
  const told = eventsIn(telemetry.take(), 'training.intervention').map(({ attributes }) => attributes);
  expect(told).toEqual([
    {
      'training.run.id': 'run-7',
      'training.step': 402,
      'intervention.id': 'edit',
      'intervention.change': JSON.stringify(change),
    },
    {
      'training.run.id': 'run-7',
      'training.step': 433,
      'intervention.id': 'clip',
      'intervention.change': JSON.stringify(change),
      'intervention.rewind_to': 384,
    },
  ]);
});

describe('taking', () => {
  test('empties: nothing is handed over twice', () => {
    const telemetry = new RunTelemetry(identity);
    telemetry.detected(raised());
    telemetry.compiled({ from: 1, to: 2 }, identity.engine);
    expect(telemetry.take()).toHaveLength(3);
    expect(telemetry.take()).toEqual([]);
  });

  test('hands over in order of time', () => {
    const telemetry = new RunTelemetry(identity);
    for (let epoch = 0; epoch < 20; epoch++) {
      telemetry.spans.reachedEpoch(epoch, epoch);
      telemetry.detected(raised({ at: epoch }));
    }
    const times = telemetry.take().map(timeOf);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.abs(times[0]! - Date.now())).toBeLessThan(60_000);
  });

  test('hands over only what a message between threads can carry', () => {
    const telemetry = new RunTelemetry(identity);
    telemetry.detected(raised());
    void telemetry.end(1);
    const items = telemetry.take();
    expect(structuredClone(items)).toEqual(items);
  });

  test('finds the last 500 events and spans, however many there were', () => {
    let second = 1_700_000_000;
    const telemetry = new RunTelemetry(identity, { script: scriptOf(() => second * 1000) });
    telemetry.take();
    for (let epoch = 0; epoch < 2000; epoch++, second++) {
      telemetry.spans.reachedEpoch(epoch, epoch);
      telemetry.detected(raised({ at: epoch }));
    }
    const items = telemetry.take();
    const events = eventsIn(items, 'training.detector.fired');
    expect([events.length, spansIn(items, 'training.epoch').length]).toEqual([500, 500]);
    expect(events.map(({ attributes }) => attributes['training.step'])).toEqual(
      Array.from({ length: 500 }, (_, k) => 1500 + k),
    );
  });
});

/** Watches what all exporters of a class are given, as it would leave for a collector. */
function watch(prototype: SpanExporter): () => readonly ReadableSpan[];
function watch(prototype: LogRecordExporter): () => readonly ReadableLogRecord[];
function watch(prototype: SpanExporter | LogRecordExporter): () => readonly unknown[] {
  const { mock } = vi.spyOn(prototype as SpanExporter, 'export');
  return () => mock.calls.flatMap(([items]) => items);
}

/** What has left for a collector, behind batching processors: names of spans, and steps of log events. */
function leaving() {
  const exporters = { spans: new MemorySpanExporter(), logs: new MemoryLogExporter() };
  const left: unknown[] = [];
  return {
    telemetry: new RunTelemetry(identity, { exporters }),
    left: () => {
      left.push(
        ...exporters.spans.finished.take().map(({ name }) => name),
        ...exporters.logs.finished.take().map(({ attributes }) => attributes['training.step'] ?? 'start'),
      );
      return left;
    },
  };
}

describe('what waits in a batch', () => {
  test('leaves at once with a finding, however fast the next one comes', async () => {
    // The batches’ own timers, at 1 and 5 seconds, are set meanwhile, and never ring.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { telemetry, left } = leaving();
    telemetry.compiled({ from: 1, to: 2 }, identity.engine);
    telemetry.detected(raised({ at: 403 }));
    telemetry.detected(raised({ at: 404 }));
    expect(left()).toEqual([]);
    vi.useRealTimers();
    await expect.poll(left).toHaveLength(4);
    expect(left()).toEqual(expect.arrayContaining(['training.compile', 'start', 403, 404]));
  });

  test('leaves where the run rests', async () => {
    const { telemetry, left } = leaving();
    await telemetry.rest();
    expect(left()).toEqual(['start']);
  });
});

describe('a resource', () => {
  test('names the run as the instance and keeps what the SDK says of itself', () => {
    const [spans, records] = [watch(MemorySpanExporter.prototype), watch(MemoryLogExporter.prototype)];
    const telemetry = new RunTelemetry(identity);
    void telemetry.end(1);
    expect([spans().length, records().length]).toEqual([1, 1]);
    for (const { resource } of [...spans(), ...records()]) {
      expect(resource.attributes).toMatchObject({
        'service.name': 'trainwreck',
        'service.instance.id': 'run-7',
        'service.version': manifest.version,
      });
      for (const key of ['telemetry.sdk.name', 'telemetry.sdk.language', 'telemetry.sdk.version'])
        expect(resource.attributes[key]).toMatch(/./);
      expect(Object.keys(resource.attributes).join()).not.toContain('user_agent');
    }
  });
});

describe.each([
  ['spans', () => new MemorySpanExporter()],
  ['log records', () => new MemoryLogExporter()],
])('an exporter of %s', (_, make) => {
  const batch = (count: number) => Array<never>(count).fill(undefined as never);

  test('keeps the newest 500 and never fails', () => {
    const exporter = make();
    const codes: number[] = [];
    for (let k = 0; k < 30; k++) exporter.export(batch(40), ({ code }) => codes.push(code));
    expect(codes).toEqual(Array(30).fill(0));
    expect(exporter.finished.take()).toHaveLength(500);
    expect(exporter.finished.take()).toHaveLength(0);
  });

  test('shuts down at once', async () => {
    await expect(make().shutdown()).resolves.toBeUndefined();
  });
});
