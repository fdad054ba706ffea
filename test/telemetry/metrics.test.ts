// Rows as metrics: what an export has, what it leaves out, and what it counts.
import { describe, expect, test } from 'vitest';
import { RowWriter, Rows } from '../../src/core/layout.ts';
import type { Finding } from '../../src/detectors/detector.ts';
import { signalLayout } from '../../src/signals/index.ts';
import type { MetricItem } from '../../src/telemetry/item.ts';
import { RunTelemetry } from '../../src/telemetry/runTelemetry.ts';

const layout = signalLayout(2);
const identity = { runId: 'r', engine: 'e', adapter: 'a', seed: 1, recipe: 'v=1', startTime: 0 };

type Values = Readonly<Record<string, number>>;

/** Rows from a step on: values by `signal` or `signal.layer`; what is not named is absent. */
function rowsFrom(step: number, rows: readonly Values[]): Rows {
  const writer = new RowWriter(layout);
  rows.forEach((values, k) => {
    writer.begin(step + k);
    for (const [name, value] of Object.entries(values)) {
      const [signal = '', layer = '0'] = name.split('.');
      writer.set(layout.column(signal, Number(layer)), value);
    }
  });
  return new Rows(layout, writer.take());
}

function told() {
  let [now, id] = [1_800_000_000_000, 0];
  const next = (length: number): string => String(++id).padStart(length, '0');
  const ids = { generateTraceId: () => next(32), generateSpanId: () => next(16) };
  const telemetry = new RunTelemetry(identity, { script: { now: () => now, ids } });
  const later = (milliseconds: number): void => void (now += milliseconds);
  const see = (step: number, ...rows: Values[]): void =>
    telemetry.advanced({
      rows: rowsFrom(step, rows),
      seen: step + rows.length,
      checkpoints: [],
      stepsPerEpoch: 100,
      steps: rows.length,
      milliseconds: 2 * rows.length,
    });
  /** The last export. */
  const exported = async (): Promise<readonly MetricItem[]> => {
    await new Promise((resolve) => setTimeout(resolve));
    return telemetry.take().filter((item) => item.kind === 'metric');
  };
  return { telemetry, later, see, exported };
}

function valueOf(items: readonly MetricItem[], name: string, attribute?: string): number | undefined {
  return items.find(
    (item) =>
      item.name === name && (attribute === undefined || Object.values(item.attributes).includes(attribute)),
  )?.value;
}

function raised(at: number): { kind: 'raised'; finding: Finding } {
  const evidence: Finding['evidence'] = [{ signal: 'gradient_norm', value: 1, threshold: 1 }];
  return {
    kind: 'raised',
    finding: { detector: 'loss-spike', layer: 0, severity: 'firing', onset: at, at, evidence },
  };
}

describe('an export', () => {
  test('has the last row, a point per layer, and counts from the start', async () => {
    const { see, later, exported } = told();
    see(0, { loss: 3 }, { loss: 2, 'activation_mean.1': 0.5, 'activation_mean.2': 0.25 });
    const first = await exported();
    expect(valueOf(first, 'training.loss')).toBe(2);
    expect(valueOf(first, 'training.activation_mean', 'layer_2')).toBe(0.25);
    later(5000);
    see(2, { loss: 1 });
    const second = await exported();
    expect(valueOf(second, 'training.steps')).toBe(3);
    expect(valueOf(second, 'training.loss')).toBe(1);
    expect(second.find(({ name }) => name === 'training.step.duration')).toMatchObject({
      instrument: 'histogram',
      count: 2,
      value: 0.002,
    });
  });

  test('comes with the first rows, then once per 5 seconds', async () => {
    const { see, later, exported } = told();
    see(0, { loss: 3 });
    expect(await exported()).not.toEqual([]);
    later(4999);
    see(1, { loss: 2 });
    expect(await exported()).toEqual([]);
    later(1);
    see(2, { loss: 1 });
    expect(valueOf(await exported(), 'training.loss')).toBe(1);
  });

  test('comes at once with a finding, with the values of its step and not of the last', async () => {
    const { telemetry, see, exported } = told();
    see(0, { gradient_norm: 1 });
    await exported();
    see(1, { gradient_norm: 1 }, { gradient_norm: 90 }, { gradient_norm: 2 });
    telemetry.detected(raised(2));
    expect(valueOf(await exported(), 'training.gradient_norm')).toBe(90);
  });

  test('leaves out a signal that is hidden from then on, where a gauge would repeat its last value', async () => {
    const { see, later, exported } = told();
    see(0, { loss: 3, validation_loss: 4 });
    expect(valueOf(await exported(), 'training.validation_loss')).toBe(4);
    later(5000);
    see(1, { loss: 3 });
    const items = await exported();
    expect(valueOf(items, 'training.loss')).toBe(3);
    expect(valueOf(items, 'training.validation_loss')).toBeUndefined();
  });

  test.each([NaN, Infinity, -Infinity])('has no %d: it is counted instead', async (value) => {
    const { see, exported } = told();
    see(
      0,
      { update_ratio: value, loss: value, nonfinite_loss: 7 },
      { update_ratio: value, nonfinite_loss: 2 },
    );
    const items = await exported();
    expect(items.every((item) => Number.isFinite(item.value))).toBe(true);
    expect(valueOf(items, 'training.update_ratio')).toBeUndefined();
    expect(valueOf(items, 'training.nonfinite', 'update_ratio')).toBe(2);
    expect(valueOf(items, 'training.nonfinite', 'loss')).toBe(9);
  });

  test('has no companion of other columns', async () => {
    const { see, exported } = told();
    see(0, { evaluated_at: 0, input_kl_batch: 1, loss: 1 });
    const names = (await exported()).map(({ name }) => name);
    expect(names.filter((name) => /evaluated|batch/.test(name))).toEqual([]);
  });

  test('says what the ones before it cost', async () => {
    const { see, later, exported } = told();
    see(0, { loss: 1 });
    const first = await exported();
    expect(valueOf(first, 'telemetry.bytes')).toBe(0);
    later(5000);
    see(1, { loss: 1 });
    const second = await exported();
    expect(valueOf(second, 'telemetry.points')).toBe(first.length);
    expect(valueOf(second, 'telemetry.bytes')).toBeGreaterThan(100);
  });
});

describe('the OTLP of an item', () => {
  test('is the request that carries it alone, with its resource', async () => {
    const { telemetry, see, exported } = told();
    see(0, { loss: 1, accuracy: 0.5 });
    const item = (await exported()).find(({ name }) => name === 'training.loss');
    const otlp = await telemetry.otlp(item!.id);
    const { resourceMetrics } = JSON.parse(otlp!.json) as {
      resourceMetrics: [{ resource: unknown; scopeMetrics: [{ metrics: { name: string }[] }] }];
    };
    expect(resourceMetrics[0].scopeMetrics[0].metrics.map(({ name }) => name)).toEqual(['training.loss']);
    expect(JSON.stringify(resourceMetrics[0].resource)).toContain('"service.instance.id"');
    expect(otlp!.bytes).toBeGreaterThan(50);
  });

  test('is there for spans and events, and gone after 500 more of a kind', async () => {
    const { telemetry, later } = told();
    const [started] = telemetry.take();
    expect((await telemetry.otlp(started!.id))?.json).toContain('training.run.started');
    for (let k = 0; k < 500; k++) {
      telemetry.spans.checkpointed(k, { from: 1, to: 2 });
      later(1000);
    }
    const spans = telemetry.take();
    expect(await telemetry.otlp(started!.id)).toBeDefined();
    expect((await telemetry.otlp(spans[0]!.id))?.json).toContain('training.checkpoint');
    telemetry.spans.checkpointed(500, { from: 1, to: 2 });
    telemetry.take();
    expect(await telemetry.otlp(spans[0]!.id)).toBeUndefined();
    expect(await telemetry.otlp(-1)).toBeUndefined();
  });
});

describe('spans of a fast run', () => {
  test('are at most 50 in a second; the run counts the others', () => {
    const { telemetry } = told();
    for (let epoch = 0; epoch < 80; epoch++) telemetry.spans.reachedEpoch(epoch, epoch);
    telemetry.spans.validated(80, { from: 1, to: 2 });
    void telemetry.end(80);
    const spans = telemetry.take().filter(({ kind }) => kind === 'span');
    expect(spans).toHaveLength(51);
    expect(spans.find(({ name }) => name === 'training.run')?.attributes).toMatchObject({
      'telemetry.spans.dropped': 31,
    });
  });
});
