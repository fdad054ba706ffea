// The levels above the core as they are recorded: every series with its value, what is not finite left out, and what a limit cuts.
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, test } from 'vitest';
import { pickSettings, telemetryLevels, type Settings } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { excessAt } from '../../src/signals/excess.ts';
import { parameterCount, type NetworkShape } from '../../src/signals/series.ts';
import { Excess, type Detail } from '../../src/telemetry/excess.ts';
import { MeasuredExporter } from '../../src/telemetry/measuredExporter.ts';

const ring: NetworkShape = { features: 2, hidden: [16, 16], outputs: 1, batch: 128 };
const wide: NetworkShape = { features: 50, hidden: [50], outputs: 1, batch: 8 };

/** Different numbers everywhere. */
function detailOf(shape: NetworkShape): Detail {
  const numbers = (count: number, from: number) =>
    Float32Array.from({ length: count }, (_, k) => from + k / 8);
  const parameters = parameterCount(shape, false);
  return {
    layerGradients: numbers(shape.hidden.length + 1, 1),
    activations: numbers(
      shape.hidden.reduce((sum, width) => sum + width, 0),
      100,
    ),
    parameters: numbers(parameters, -500),
    gradients: numbers(parameters, 2000),
    losses: numbers(shape.batch, 9000),
  };
}

class Keeping extends MeasuredExporter {
  metrics: ResourceMetrics | undefined;

  override export(metrics: ResourceMetrics, done: (result: { code: number }) => void): void {
    this.metrics = metrics;
    super.export(metrics, done);
  }
}

interface Asked {
  readonly telemetry: Settings['telemetry'];
  readonly shape?: NetworkShape;
  readonly mostRecorded?: number;
  readonly mostPerInstrument?: number;
}

function open({ telemetry, shape = ring, mostRecorded = Infinity, ...limit }: Asked) {
  const exporter = new Keeping();
  const settings = { ...pickSettings(parseRecipe({})), telemetry };
  const excess = new Excess({ runId: 'r', settings, shape, mostRecorded, exporter, ...limit });
  const points = (metric: string) =>
    exporter.metrics?.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .find(({ descriptor }) => descriptor.name === metric)
      ?.dataPoints.map(({ attributes, value }) => ({ attributes, value })) ?? [];
  return { excess, exporter, points };
}

describe.each(telemetryLevels)('%s', (telemetry) => {
  test('exports every series with the number that was read back, step after step', async () => {
    const { excess, points } = open({ telemetry, mostPerInstrument: Infinity });
    for (const shift of [0, 0.5]) {
      const detail = detailOf(ring);
      for (const part of Object.values(detail)) part.forEach((value, k) => (part[k] = value + shift));
      const { points: count } = await excess.export(detail);
      const signals = excessAt(telemetry);
      for (const { metric, part, series } of signals) {
        const wanted = series(ring, false).map((attributes, k) => ({ attributes, value: detail[part][k] }));
        expect(points(metric)).toEqual(wanted);
      }
      expect(count).toBe(signals.reduce((sum, { series }) => sum + series(ring, false).length, 0));
    }
    expect(excess.recorded).toBe(excess.series);
  });
});

test('what is serialised is what the official serialiser makes of it', async () => {
  const { excess, exporter } = open({ telemetry: 'per-weight', mostPerInstrument: Infinity });
  const { body } = await excess.export(detailOf(ring));
  expect(Buffer.from(body)).toEqual(
    Buffer.from(ProtobufMetricsSerializer.serializeRequest(exporter.metrics!)!),
  );
});

test('a number that is not finite is absent, never 0, and comes back with its next value', async () => {
  const { excess, points } = open({ telemetry: 'per-weight', mostPerInstrument: Infinity });
  const detail = detailOf(ring);
  detail.parameters.set([NaN, Infinity, -Infinity]);
  await excess.export(detail);
  const metric = 'training.parameter.value';
  expect(points(metric)).toHaveLength(337 - 3);
  await excess.export(detailOf(ring));
  expect(points(metric)).toHaveLength(337);
});

test('beyond the cap nothing is recorded, and it says how much was', async () => {
  const { excess } = open({ telemetry: 'per-weight', mostRecorded: 100, mostPerInstrument: Infinity });
  const { points } = await excess.export(detailOf(ring));
  expect([excess.series, excess.recorded, points]).toEqual([847, 113, 100]);
});

test('the SDK’s own limit leaves 2,000 series of an instrument, the last of them a sum of no use', async () => {
  const { excess, points } = open({ telemetry: 'per-weight', shape: wide });
  await excess.export(detailOf(wide));
  const left = points('training.parameter.value');
  expect(parameterCount(wide, false)).toBe(2601);
  expect(left).toHaveLength(2000);
  expect(left.at(-1)?.attributes).toEqual({ 'otel.metric.overflow': true });
});
