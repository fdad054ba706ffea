// The published registry of our conventions against what a run really emits: every name, unit, instrument and attribute, both ways.
import { SpanKind } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { signals } from '../../src/signals/index.ts';
import type { Signal } from '../../src/signals/signal.ts';
import { MemoryLogExporter, MemoryMetricExporter, MemorySpanExporter } from '../../src/telemetry/memory.ts';
import { MeasuredExporter } from '../../src/telemetry/measuredExporter.ts';
import type { FromWorker } from '../../src/worker/protocol.ts';
import { Runner } from '../../src/worker/runner.ts';
import { startMessage } from '../worker/startMessage.ts';

interface Group {
  readonly id: string;
  readonly type: 'attribute_group' | 'entity' | 'metric' | 'span' | 'event';
  readonly stability?: string;
  readonly brief: string;
  readonly attributes: readonly Attribute[];
  readonly [field: string]: unknown;
}

interface Attribute {
  readonly id?: string;
  readonly ref?: string;
  readonly type?: string | object;
  readonly requirement_level?: string | object;
}

const { groups } = JSON.parse(readFileSync('docs/telemetry/registry.json', 'utf8')) as {
  groups: readonly Group[];
};

function ofType(type: Group['type']): readonly Group[] {
  return groups.filter((group) => group.type === type);
}

const nameOf = ({ id, type }: Group): string => id.replace(`${type}.`, '');

/** Required attributes as they are named, the others with a question mark. */
function attributesOf({ attributes }: Group): readonly string[] {
  return attributes
    .map(({ ref, requirement_level: level }) => `${ref}${level === 'required' ? '' : '?'}`)
    .sort();
}

/** What was seen of one name: each attribute, with a question mark where not every occurrence has it. */
function attributesSeen(occurrences: readonly object[]): readonly string[] {
  const names = [...new Set(occurrences.flatMap((one) => Object.keys(one)))];
  return names
    .map((name) => `${name}${occurrences.every((one) => Object.hasOwn(one, name)) ? '' : '?'}`)
    .sort();
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string | undefined): Map<string, readonly T[]> {
  const groupsByKey = new Map<string, readonly T[]>();
  for (const one of all) {
    const key = keyOf(one) ?? '';
    groupsByKey.set(key, [...(groupsByKey.get(key) ?? []), one]);
  }
  return groupsByKey;
}

const ids = { wrong: 'edit', by: 'clip' };
const set = (settings: object) => ({ kind: 'set', settings });

/** Two runs in which everything happens: tanh and ReLU, every telemetry level, a warning, an overflow, a fork. */
const recipe = parseRecipe({
  data: 'circle',
  hidden: [8, 8],
  train: 256,
  validation: 64,
  batch: 16,
  checkpointEvery: 8,
  validateEvery: 4,
  timeline: [
    { at: 12, by: ids.wrong, change: set({ telemetry: 'per-weight' }) },
    { at: 20, by: ids.wrong, change: set({ telemetry: 'per-neuron' }) },
    { at: 30, by: ids.wrong, change: set({ telemetry: 'core' }) },
    { at: 170, by: ids.wrong, change: { kind: 'push-biases', layer: 1, units: 8, perStep: -50, steps: 1 } },
    { at: 300, by: ids.wrong, change: set({ activation: 'tanh' }) },
    { at: 320, by: ids.by, rewindTo: 160, change: set({ clipNorm: 1, activation: 'relu' }) },
    { at: 330, by: ids.wrong, change: set({ learningRate: 1e6, clipNorm: 0 }) },
  ],
});

/** Trains one run of the recipe's timeline to its end, by the page's own loop. */
async function train(generation: number): Promise<void> {
  const said: FromWorker[] = [];
  const runner = await Runner.run(
    (message) => void said.push(message),
    startMessage(recipe, { runId: `run-${generation}`, generation, until: 420 }),
  );
  await vi.waitUntil(() => said.some(({ kind }) => kind === 'paused'), { timeout: 30_000 });
  runner?.receive({ kind: 'stop' });
  await vi.waitUntil(() => said.some(({ kind }) => kind === 'stopped'), { timeout: 5000 });
}

const spies = {
  spans: vi.spyOn(MemorySpanExporter.prototype, 'export'),
  logs: vi.spyOn(MemoryLogExporter.prototype, 'export'),
  metrics: vi.spyOn(MemoryMetricExporter.prototype, 'export'),
  excess: vi.spyOn(MeasuredExporter.prototype, 'export'),
};
const spans = () => spies.spans.mock.calls.flatMap(([some]) => some);
const logs = () => spies.logs.mock.calls.flatMap(([some]) => some);
const exported = () => [...spies.metrics.mock.calls, ...spies.excess.mock.calls].map(([metrics]) => metrics);
const metrics = () =>
  exported().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));

beforeAll(async () => {
  await train(0);
  await train(1);
}, 60_000);

afterAll(() => vi.restoreAllMocks());

function instrumentOf(metric: MetricData): string {
  if (metric.dataPointType === DataPointType.GAUGE) return 'gauge';
  if (metric.dataPointType === DataPointType.HISTOGRAM) return 'histogram';
  return metric.dataPointType === DataPointType.SUM && metric.isMonotonic ? 'counter' : 'none of ours';
}

describe('the registry', () => {
  test('has an id for every group, a brief and a stability for all that is emitted', () => {
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
    for (const { id, type, brief, stability } of groups) {
      expect(brief, id).toMatch(/\.$/);
      if (type !== 'attribute_group') expect(stability, id).toBe('development');
    }
  });

  test('defines each attribute once, and every one that it refers to or takes from OpenTelemetry', () => {
    const defined = ofType('attribute_group').flatMap(({ attributes }) => attributes.map(({ id }) => id));
    expect(new Set(defined).size).toBe(defined.length);
    const used = new Set(groups.flatMap(({ attributes }) => attributes.flatMap(({ ref }) => ref ?? [])));
    const ours = [...used].filter((name) => !/^(service|telemetry\.sdk)\./.test(name));
    expect(ours.sort()).toEqual([...defined].sort());
  });

  test('describes every signal in the words of its own file', () => {
    const published = ofType('metric');
    const all: readonly Signal[] = signals;
    for (const { metric, unit, description, instrument, scope } of all) {
      const group = published.find((one) => one['metric_name'] === metric);
      if (!group || instrument === 'counter') continue;
      expect(group).toMatchObject({ unit, instrument, brief: description });
      expect(attributesOf(group)).toEqual(scope === 'layer' ? ['layer.name'] : []);
    }
  });
});

describe('what two runs emit', () => {
  test('is every metric of the registry, and no other, with its instrument, unit and attributes', () => {
    const seen = grouped(metrics(), ({ descriptor }) => descriptor.name);
    const told = [...seen].map(([name, all]) => ({
      name,
      instruments: [...new Set(all.map(instrumentOf))],
      units: [...new Set(all.map(({ descriptor }) => descriptor.unit))],
      brief: all[0]?.descriptor.description,
      attributes: attributesSeen(all.flatMap(({ dataPoints }) => dataPoints.map((one) => one.attributes))),
    }));
    const published = ofType('metric').map((group) => ({
      name: group['metric_name'],
      instruments: [group['instrument']],
      units: [group['unit']],
      brief: group.brief,
      attributes: attributesOf(group),
    }));
    const byName = (a: { name: unknown }, b: { name: unknown }) =>
      String(a.name).localeCompare(String(b.name));
    expect(told.sort(byName)).toEqual(published.sort(byName));
  });

  test('is every span of the registry, and no other, with its attributes, each in its parent', () => {
    const seen = grouped(spans(), ({ name }) => name);
    expect([...seen.keys()].sort()).toEqual(ofType('span').map(nameOf).sort());
    const byId = new Map(spans().map((span) => [span.spanContext().spanId, span.name]));
    for (const group of ofType('span')) {
      const own = seen.get(nameOf(group)) ?? [];
      expect(attributesSeen(own.map(({ attributes }) => attributes)), group.id).toEqual(attributesOf(group));
      expect(new Set(own.map(({ kind }) => kind)), group.id).toEqual(new Set([SpanKind.INTERNAL]));
      const parents = new Set(own.map((span) => byId.get(span.parentSpanContext?.spanId ?? '')));
      const [, parent] = /in `(.+?)`/.exec(group.brief) ?? [];
      expect(parents, group.id).toEqual(new Set([parent]));
    }
  });

  test('is every event of the registry, and no other, with its attributes, in the run’s context', () => {
    const seen = grouped(logs(), ({ eventName }) => eventName);
    expect([...seen.keys()].sort()).toEqual(ofType('event').map(nameOf).sort());
    for (const group of ofType('event')) {
      const own = seen.get(nameOf(group)) ?? [];
      expect(attributesSeen(own.map(({ attributes }) => attributes)), group.id).toEqual(attributesOf(group));
    }
    const runs = spans().filter(({ name }) => name === 'training.run');
    const contexts = runs.map((span) => span.spanContext().spanId).sort();
    expect([...new Set(logs().map(({ spanContext }) => spanContext?.spanId))].sort()).toEqual(contexts);
  });

  test('is of one resource per run, with the attributes of the registry', () => {
    const [group] = ofType('entity');
    const resources = new Set([...spans(), ...logs(), ...exported()].map(({ resource }) => resource));
    const runs = [...resources].map(({ attributes }) => attributes['service.instance.id']);
    expect([...new Set(runs)]).toEqual(['run-0', 'run-1']);
    for (const { attributes } of resources)
      expect(attributesSeen([attributes])).toEqual(attributesOf(group!));
  });

  test('has no value in a metric that is not finite, and says so in the counter', () => {
    const points = metrics().filter((one) => one.dataPointType === DataPointType.GAUGE);
    expect(points.flatMap(({ dataPoints }) => dataPoints).every(({ value }) => Number.isFinite(value))).toBe(
      true,
    );
    const counted = metrics().findLast(({ descriptor }) => descriptor.name === 'training.nonfinite');
    const names = counted?.dataPoints.filter(({ value }) => Number(value) > 0).map((one) => one.attributes);
    expect(names?.map((one) => one['signal.name'])).toEqual(
      expect.arrayContaining(['loss', 'gradient', 'weight', 'validation_loss']),
    );
  });

  test('counts from the start of the run', () => {
    const sums = metrics().filter(({ dataPointType }) => dataPointType !== DataPointType.GAUGE);
    expect(new Set(sums.map(({ aggregationTemporality }) => aggregationTemporality))).toEqual(
      new Set([AggregationTemporality.CUMULATIVE]),
    );
    const steps = exported().flatMap(({ resource, scopeMetrics: [scope] }) =>
      resource.attributes['service.instance.id'] === 'run-0'
        ? (scope?.metrics ?? []).filter(({ descriptor }) => descriptor.name === 'training.steps')
        : [],
    );
    expect(steps.at(-1)?.dataPoints.map(({ value }) => value)).toEqual([420]);
  });
});
