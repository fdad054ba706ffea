// What the telemetry levels above the core add: as many series as a row says, each named once, in the order of memory.
import { describe, expect, test } from 'vitest';
import { pickSettings, telemetryLevels } from '../../src/core/settings.ts';
import { loadDataset, parseRecipe } from '../../src/data/index.ts';
import { parameterRegions, planNetwork } from '../../src/engine/compiled/plan.ts';
import { excessAt, excessSignals } from '../../src/signals/excess.ts';
import { parameterPlaces } from '../../src/signals/parameters.ts';
import { networkShape, seriesCount } from '../../src/signals/series.ts';
import { prepared } from '../data/load.ts';

const networks = [
  { hidden: [16, 16] },
  { hidden: [] },
  { hidden: [3, 5, 4], batchNorm: true },
  { hidden: [4], data: 'blobs', classes: 3, batch: 7 },
  { hidden: [4], loss: 'softmax-cross-entropy' },
] as const;

describe.each(networks.map((network) => [JSON.stringify(network), network] as const))('%s', (_, network) => {
  const recipe = parseRecipe(network);
  const settings = pickSettings(recipe);
  const load = async () => {
    const dataset = await loadDataset(recipe, prepared);
    return { dataset, shape: networkShape(recipe, dataset) };
  };

  test.each(telemetryLevels)('%s has as many series as are counted, and none twice', async (telemetry) => {
    const { shape } = await load();
    const series = excessAt(telemetry).flatMap((signal) =>
      signal.series(shape, recipe.batchNorm).map((one) => `${signal.metric} ${JSON.stringify(one)}`),
    );
    const core = seriesCount({ ...settings, telemetry: 'core' }, shape);
    expect(new Set(series).size).toBe(series.length);
    expect(core + series.length).toBe(seriesCount({ ...settings, telemetry }, shape));
  });

  test('parameters are named in the order in which they lie in memory', async () => {
    const { dataset, shape } = await load();
    const regions = parameterRegions(planNetwork(recipe, settings, dataset));
    const names = { weights: 'weight', biases: 'bias', gamma: 'gamma', beta: 'beta' } as const;
    const wanted = regions.flatMap(({ kind, layer, size }) =>
      Array.from({ length: size }, (_, k) => {
        const isWeight = kind === 'weights';
        const unit = isWeight ? Math.floor(k / layer.inputs) : k;
        return { layer: layer.number, kind: names[kind], unit, input: isWeight ? k % layer.inputs : -1 };
      }),
    );
    expect(parameterPlaces(shape, recipe.batchNorm)).toEqual(wanted);
  });
});

test('every signal belongs to a level above the core', () => {
  for (const { levels } of excessSignals) {
    expect(levels).not.toContain('core');
    expect(levels.length).toBeGreaterThan(0);
  }
});
