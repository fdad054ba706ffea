// Batches: which examples a step trains on, and with which labels.
import { describe, expect, test } from 'vitest';
import { pickSettings, type SettingsChange } from '../../src/core/settings.ts';
import { batchPlan, fillBatch, poolExample, poolLabel } from '../../src/data/batches.ts';
import { datasets } from '../../src/data/index.ts';
import { loadPart, recipeOf } from './load.ts';

const part = datasets.find(({ id }) => id === 'blobs')!;

async function drawer(fields: object, change: SettingsChange = {}) {
  const recipe = recipeOf(part, { classes: 4, validation: 10, ...fields });
  const dataset = await loadPart(part, { classes: 4, validation: 10, ...fields });
  const settings = { ...pickSettings(recipe), ...change } as ReturnType<typeof pickSettings>;
  const batch = (step: number) => {
    const [examples, labels] = [new Uint32Array(recipe.batch), new Uint8Array(recipe.batch)];
    fillBatch(recipe, settings, dataset, [], step, examples, labels);
    return { examples: [...examples], labels: [...labels] };
  };
  const epoch = (number: number) => {
    const { batchesPerEpoch } = plan;
    return Array.from(
      { length: batchesPerEpoch },
      (_, k) => batch(number * batchesPerEpoch + k).examples,
    ).flat();
  };
  const plan = batchPlan(recipe, settings, dataset);
  return { recipe, dataset, settings, plan, batch, epoch };
}

function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

const everyPlace = (count: number) => Array.from({ length: count }, (_, k) => k);

describe('an epoch', () => {
  test.each([
    [96, 32],
    [100, 1],
    [64, 64],
  ])('of %i examples in batches of %i has every example once', async (train, batch) => {
    const { epoch, plan } = await drawer({ train, batch });
    expect(plan).toEqual({ pool: train, batchesPerEpoch: train / batch });
    for (const number of [0, 1, 7]) expect(sorted(epoch(number))).toEqual(everyPlace(train));
  });

  test('drops its last partial batch, and so repeats none', async () => {
    const { epoch, plan } = await drawer({ train: 100, batch: 32 });
    expect(plan.batchesPerEpoch).toBe(3);
    expect(new Set(epoch(0)).size).toBe(96);
    expect(new Set([0, 1, 2, 3, 4, 5].flatMap(epoch)).size).toBe(100);
  });

  test('has an order of its own, the same every time', async () => {
    const { epoch } = await drawer({ train: 96, batch: 32 });
    expect(epoch(0)).toEqual(epoch(0));
    expect(epoch(1)).not.toEqual(epoch(0));
    expect((await drawer({ train: 96, batch: 32, seed: 2 })).epoch(0)).not.toEqual(epoch(0));
  });

  test('wraps where the pool is smaller than the batch: each example as often as another, give or take one', async () => {
    const { batch, plan } = await drawer({ train: 10, batch: 32 });
    expect(plan).toEqual({ pool: 10, batchesPerEpoch: 1 });
    for (const step of [0, 1, 100]) {
      const { examples } = batch(step);
      const counts = everyPlace(10).map((k) => examples.filter((example) => example === k).length);
      expect(sorted(counts)).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 4, 4]);
    }
  });
});

describe('labels', () => {
  test('are those of the examples while none is wrong', async () => {
    const { batch, dataset } = await drawer({ train: 96, batch: 32 });
    const { examples, labels } = batch(5);
    expect(labels).toEqual(examples.map((example) => dataset.train.labels[example]));
  });

  test.each([
    [24, 4],
    [12, 4],
    [12, 12],
    [40, 0],
  ])(
    'and examples of a pool starved to %i are the same ones for ever, %i of them wrong',
    async (keep, mislabelled) => {
      const { batch, dataset, plan } = await drawer({ train: 500, batch: 32 }, { keep, mislabelled });
      expect(plan.pool).toBe(keep);
      const seen = new Map<number, Set<number>>();
      for (let step = 0; step < 60; step++) {
        const { examples, labels } = batch(step);
        examples.forEach((example, k) => seen.set(example, (seen.get(example) ?? new Set()).add(labels[k]!)));
      }
      expect(seen.size).toBe(keep);
      expect([...seen.values()].every((labels) => labels.size === 1)).toBe(true);
      const wrong = [...seen].filter(([example, labels]) => !labels.has(dataset.train.labels[example]!));
      expect(wrong).toHaveLength(mislabelled);
      for (const [, labels] of wrong) for (const label of labels) expect(label).toBeLessThan(dataset.classes);
    },
  );

  test('are wrong for exactly the first examples where nothing was taken away', async () => {
    const { recipe, settings, dataset } = await drawer({ train: 96, batch: 32 }, { mislabelled: 20 });
    const wrong = everyPlace(96).filter(
      (k) => poolLabel(recipe, settings, dataset, k) !== dataset.train.labels[k],
    );
    expect(wrong).toEqual(everyPlace(20));
  });

  test('are wrong in more than one way where there are many classes', async () => {
    const { recipe, settings, dataset } = await drawer({ train: 400 }, { mislabelled: 400 });
    const shifts = everyPlace(400).map(
      (k) => (poolLabel(recipe, settings, dataset, k) - dataset.train.labels[k]! + 4) % 4,
    );
    expect(sorted([...new Set(shifts)])).toEqual([1, 2, 3]);
  });
});

describe('a starved pool', () => {
  test('is part of a larger one: starving further only takes away', async () => {
    const { recipe, settings, dataset } = await drawer({ train: 500 });
    const pool = (keep: number) =>
      everyPlace(keep).map((place) => poolExample(recipe, { ...settings, keep }, dataset, place));
    expect(pool(24).slice(0, 12)).toEqual(pool(12));
    expect(pool(12)).not.toEqual(everyPlace(12));
  });

  test('is no larger than the training set', async () => {
    const { plan, epoch } = await drawer({ train: 64, batch: 32 }, { keep: 1000 });
    expect(plan.pool).toBe(64);
    expect(sorted(epoch(0))).toEqual(everyPlace(64));
  });
});
