// Every signal: its names, its unit, and its columns in a row.
import { describe, expect, test } from 'vitest';
import { activations, pickSettings, type Activation } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { deadWindow, signalLayout, signals } from '../../src/signals/index.ts';
import type { Signal } from '../../src/signals/signal.ts';

/** Prometheus naming appends `_ratio` to a gauge of unit 1, so that only true ratios may have it. */
const ratios = /_ratio$|accuracy$/;
const every: readonly Signal[] = signals;

const settingsWith = (activation: Activation) => ({ ...pickSettings(parseRecipe({})), activation });

describe.each(every)('$id', (signal) => {
  test('has a snake_case id and a metric under training., or under telemetry. where it counts telemetry itself', () => {
    expect(signal.id).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const space = signal.id.startsWith('telemetry_') ? 'telemetry' : 'training';
    expect(signal.metric).toMatch(new RegExp(`^${space}\\.[a-z]+(_[a-z]+)*$`));
  });

  test('is a gauge under its own name, or a counter that shares one', () => {
    const name = signal.metric.startsWith('telemetry.')
      ? signal.id.replace('telemetry_', 'telemetry.')
      : `training.${signal.id}`;
    if (signal.instrument === 'gauge') expect(signal.metric).toBe(name);
    else expect(name.startsWith(`${signal.metric}_`)).toBe(true);
  });

  test('has unit 1 exactly where it is a ratio or an accuracy, else an annotation', () => {
    expect(signal.unit === '1').toBe(ratios.test(signal.id));
    if (signal.unit !== '1') expect(signal.unit).toMatch(/^\{[a-z]+\}$/);
  });

  test('says in a sentence what it is', () => {
    expect(signal.description).toMatch(/^[A-Z].+\.$/);
  });

  test.each([0, 1, 2, 6])('has one column per run or per hidden layer, of %i', (hidden) => {
    const layout = signalLayout(hidden);
    const layers = layout.columns.filter((column) => column.signal === signal.id).map(({ layer }) => layer);
    expect(layers).toEqual(signal.scope === 'run' ? [0] : Array.from({ length: hidden }, (_, k) => k + 1));
    for (const layer of layers)
      expect(layout.columns[layout.column(signal.id, layer)]?.signal).toBe(signal.id);
  });

  test('applies under some activation', () => {
    expect(activations.some((activation) => signal.applies(settingsWith(activation)))).toBe(true);
  });
});

test('the core vocabulary is there', () => {
  expect(signals.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining(
      [
        'loss',
        'validation_loss',
        'gradient_norm',
        'activation_mean',
        'dead_neuron_ratio',
        'update_ratio',
        'gradient_norm_ratio',
        'saturation_ratio',
        'learning_rate',
        'accuracy',
        'validation_accuracy',
        'nonfinite',
      ].map((name) => `training.${name}`),
    ),
  );
});

test('ids are unique, and so are the metrics of gauges', () => {
  const gauges = every.filter(({ instrument }) => instrument === 'gauge').map(({ metric }) => metric);
  expect(new Set(gauges).size).toBe(gauges.length);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
});

test('signals per layer are those that signals.md gives a layer.name', () => {
  const scoped = every.filter(({ scope }) => scope === 'layer').map(({ id }) => id);
  expect(scoped).toEqual(
    expect.arrayContaining(['activation_mean', 'dead_neuron_ratio', 'saturation_ratio']),
  );
  for (const { id, description } of every)
    expect(scoped.includes(id)).toBe(/\blayer(’s)?\b/.test(description) && !/first layer/.test(description));
});

test('dead is said of ReLU alone, saturated of bounded activations alone', () => {
  const applying = (id: string) => {
    const signal = every.find((each) => each.id === id)!;
    return activations.filter((activation) => signal.applies(settingsWith(activation)));
  };
  expect(applying('dead_neuron_ratio')).toEqual(['relu']);
  expect(applying('saturation_ratio')).toEqual(['tanh', 'sigmoid']);
});

test('the window after which a unit is dead is an epoch, at least 10 and at most 50 batches', () => {
  expect(deadWindow(2000, 128)).toBe(15);
  expect([deadWindow(2000, 1), deadWindow(10_000, 32)]).toEqual([50, 50]);
  expect([deadWindow(24, 128), deadWindow(128, 128)]).toEqual([10, 10]);
});
