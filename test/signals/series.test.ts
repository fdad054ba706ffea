// How many time series a run emits at each telemetry level.
import { describe, expect, test } from 'vitest';
import { pickSettings, telemetryLevels, type Settings } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { parameterCount, seriesCount } from '../../src/signals/series.ts';

/** The default recipe’s network: 2-16-16-1. */
const ring = { features: 2, hidden: [16, 16], outputs: 1, batch: 128 };
const digits = { features: 784, hidden: [128, 64], outputs: 10, batch: 32 };
const settings = (change: Partial<Settings> = {}): Settings => ({
  ...pickSettings(parseRecipe({})),
  ...change,
});

describe('on the default recipe', () => {
  test.each([
    ['core', 13],
    ['per-layer-gradients', 13 + 3],
    ['per-neuron', 13 + 3 + 32],
    // 337 parameters, their gradients, 32 neurons, 128 losses, and the core.
    ['per-weight', 337 + 337 + 32 + 128 + 13],
  ] as const)('%s makes %i series', (telemetry, count) => {
    expect(seriesCount(settings({ telemetry }), ring)).toBe(count);
  });

  test('every level makes more than the one before it', () => {
    const counts = telemetryLevels.map((telemetry) => seriesCount(settings({ telemetry }), ring));
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(847);
  });
});

describe('the core', () => {
  test('has no series for what an activation does not have', () => {
    expect(seriesCount(settings({ activation: 'tanh' }), ring)).toBe(13);
    expect(seriesCount(settings({ activation: 'elu' }), ring)).toBe(11);
  });

  test('has layer signals once a layer, run signals once', () => {
    expect(seriesCount(settings(), { ...ring, hidden: [] })).toBe(9);
    expect(seriesCount(settings(), { ...ring, hidden: [4, 4, 4, 4, 4, 4] })).toBe(9 + 12);
  });

  test('has one less for a run signal that is not emitted, one per layer less for a layer signal', () => {
    expect(seriesCount(settings({ unemitted: ['validation_loss'] }), ring)).toBe(12);
    expect(seriesCount(settings({ unemitted: ['dead_neuron_ratio', 'loss'] }), ring)).toBe(10);
    expect(seriesCount(settings({ unemitted: ['no_such_signal'] }), ring)).toBe(13);
  });
});

describe('parameters', () => {
  test('are weights and biases of every layer', () => {
    expect(parameterCount(ring, false)).toBe(337);
    expect(parameterCount(digits, false)).toBe(109_386);
    expect(parameterCount({ ...ring, hidden: [] }, false)).toBe(3);
  });

  test('are two more a hidden unit under batch norm, each with its gradient', () => {
    expect(parameterCount(ring, true)).toBe(337 + 64);
    expect(seriesCount(settings({ telemetry: 'per-weight', batchNorm: true }), ring)).toBe(847 + 128);
  });
});
