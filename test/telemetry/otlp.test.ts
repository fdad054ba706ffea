// A scripted run's telemetry as OTLP/JSON: the times and ids that it was given, and nothing that JSON cannot hold.
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/detectors/detector.ts';
import { otlpJson } from '../../src/telemetry/otlp.ts';
import { RunTelemetry } from '../../src/telemetry/runTelemetry.ts';

const epoch = Date.UTC(2026, 0, 1);
const second = (count: number): string => `${epoch / 1000 + count}000000000`;

function scripted(tell: (telemetry: RunTelemetry, at: (step: number) => void) => void): string {
  const [spans, logs]: [ReadableSpan[], ReadableLogRecord[]] = [[], []];
  let [now, ids] = [0, 0];
  const keep =
    <T>(kept: T[]) =>
    (items: T[]) =>
      void kept.push(...items);
  const rest = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() };
  const id = (length: number): string => String(++ids).padStart(length, '0');
  const telemetry = new RunTelemetry(
    { runId: 'r', engine: 'compiled.plain', adapter: 'none', seed: 1, recipe: 'v=1', startTime: 5 },
    {
      script: {
        now: () => epoch + now * 1000,
        ids: { generateTraceId: () => id(32), generateSpanId: () => id(16) },
      },
      exporters: { spans: { export: keep(spans), ...rest }, logs: { export: keep(logs), ...rest } },
    },
  );
  tell(telemetry, (step) => (now = step));
  return JSON.stringify(otlpJson({ spans, logs }));
}

const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 7,
  at: 8,
  evidence: [{ signal: 'gradient_norm', value: Infinity, baseline: NaN, threshold: 5.5 }],
};

function story(telemetry: RunTelemetry, at: (step: number) => void): void {
  telemetry.spans.reachedEpoch(0, 0);
  at(8);
  telemetry.detected({ kind: 'raised', finding: spike });
  at(15);
  telemetry.spans.reachedEpoch(1, 15);
  at(20);
  void telemetry.end(20);
}

test('has the times of its script, also where they lie in the future or the past', () => {
  const text = scripted(story);
  const times = [...text.matchAll(/"(?:start|end|time)\w*UnixNano":"(\d+)"/g)].map(([, nanos]) => nanos);
  expect(times.sort()).toEqual([0, 0, 0, 8, 15, 15, 20, 20].map(second));
});

test('has the ids of its script and is the same every time', () => {
  expect(scripted(story)).toBe(scripted(story));
  expect(scripted(story)).toContain(`"traceId":"${'2'.padStart(32, '0')}"`);
});

test('spells NaN and infinity and keeps whole numbers whole', () => {
  const text = scripted(story);
  expect(text).toContain('{"key":"signal.value","value":{"stringValue":"Infinity"}}');
  expect(text).toContain('{"key":"signal.baseline","value":{"stringValue":"NaN"}}');
  expect(text).toContain('{"key":"detector.threshold","value":{"doubleValue":5.5}}');
  expect(text).toContain('{"key":"training.step","value":{"intValue":8}}');
  expect(text).not.toContain('null');
});

test('puts findings into the context of the run’s span', () => {
  const { resourceSpans, resourceLogs } = JSON.parse(scripted(story)) as {
    resourceSpans: [{ scopeSpans: [{ spans: { name: string; spanId: string; parentSpanId?: string }[] }] }];
    resourceLogs: [{ scopeLogs: [{ logRecords: { eventName: string; spanId: string }[] }] }];
  };
  const run = resourceSpans[0].scopeSpans[0].spans.find(({ name }) => name === 'training.run');
  const fired = resourceLogs[0].scopeLogs[0].logRecords.find(
    ({ eventName }) => eventName === 'training.detector.fired',
  );
  expect(run).not.toHaveProperty('parentSpanId');
  expect(fired?.spanId).toBe(run?.spanId);
});
