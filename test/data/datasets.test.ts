// Every dataset: as many examples as asked for, balanced, the same for the same seed.
import { describe, expect, test } from 'vitest';
import { RecipeError } from '../../src/core/recipe.ts';
import { inputScale, type DatasetPart, type Samples } from '../../src/data/dataset.ts';
import { datasetIds, datasetPart, datasets } from '../../src/data/index.ts';
import { loadPart } from './load.ts';

/** Real tables are small. */
function splitOf({ kind }: DatasetPart) {
  return kind === 'table' ? { train: 200, validation: 60 } : { train: 2000, validation: 1000 };
}

function examplesOf({ count, inputs }: Samples): readonly string[] {
  const size = inputs.length / count;
  return Array.from({ length: count }, (_, k) => inputs.subarray(k * size, (k + 1) * size).join());
}

/** Inputs and labels as bytes: comparing millions of numbers one by one takes seconds. */
function bytesOf({ inputs, labels }: Samples): Buffer {
  return Buffer.concat([Buffer.from(inputs.buffer, inputs.byteOffset, inputs.byteLength), labels]);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe.each<DatasetPart>(datasets)('$id', (part) => {
  const split = splitOf(part);
  const classes = Array.from(
    { length: part.classes.high - part.classes.low + 1 },
    (_, k) => part.classes.low + k,
  );

  test('has the examples, features and labels that it says', async () => {
    const dataset = await loadPart(part, split);
    const { train, validation, production, features, id, image, classes: count } = dataset;
    expect([id, count]).toEqual([part.id, part.classes.low]);
    expect([train.count, validation.count]).toEqual([split.train, split.validation]);
    expect(production.count).toBe(split.validation);
    for (const samples of [train, validation, production]) {
      expect(samples.inputs).toHaveLength(samples.count * features);
      expect(samples.labels).toHaveLength(samples.count);
      expect(samples.inputs.every(Number.isFinite)).toBe(true);
    }
    expect(image !== null).toBe(part.kind === 'images');
    expect(part.columns.length > 0).toBe(part.kind === 'table');
    expect(image ? image.height * image.width : part.columns.length || 2).toBe(features);
  });

  test.each(classes)('with %i classes has about as many examples of each', async (count) => {
    const { train, validation, production } = await loadPart(part, { ...split, classes: count });
    const rare = part.kind === 'table' ? 0.3 : 0.6;
    for (const { labels } of [train, validation, production]) {
      const found = new Map<number, number>();
      for (const label of labels) found.set(label, (found.get(label) ?? 0) + 1);
      expect([...found.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
      for (const number of found.values()) {
        expect(number).toBeGreaterThan((rare * labels.length) / count);
        expect(number).toBeLessThan((1.5 * labels.length) / count);
      }
    }
  });

  test('is the same for the same seed, bit by bit', async () => {
    const [a, b] = [await loadPart(part, { ...split, seed: 9 }), await loadPart(part, { ...split, seed: 9 })];
    expect(bytesOf(a.train).equals(bytesOf(b.train))).toBe(true);
    expect(bytesOf(a.validation).equals(bytesOf(b.validation))).toBe(true);
    expect(bytesOf(a.production).equals(bytesOf(b.production))).toBe(true);
  });

  test('is another one for another seed', async () => {
    const [a, b] = [await loadPart(part, { ...split, seed: 1 }), await loadPart(part, { ...split, seed: 2 })];
    expect(bytesOf(a.train).equals(bytesOf(b.train))).toBe(false);
    expect(bytesOf(a.validation).equals(bytesOf(b.validation))).toBe(false);
  });

  test('validates on examples that it does not train on, production has others, and none is repeated', async () => {
    const { train, validation, production } = await loadPart(part, split);
    const all = [train, validation, production].flatMap(examplesOf);
    expect(new Set(all).size).toBe(all.length);
  });

  test('keeps its training examples when the validation set grows', async () => {
    const [few, more] = [
      await loadPart(part, split),
      await loadPart(part, { ...split, validation: split.validation + 10 }),
    ];
    expect(bytesOf(more.train).equals(bytesOf(few.train))).toBe(true);
    expect(examplesOf(more.validation).slice(0, split.validation)).toEqual(examplesOf(few.validation));
  });

  test('feeds the network inputs of about its own size', async () => {
    const { train } = await loadPart(part, split);
    const seen = Array.from(train.inputs, (value) => value * inputScale(train));
    expect(seen.filter((value) => Math.abs(value) > 5)).toEqual([]);
    expect(deviation(seen)).toBeGreaterThan(0.2);
    expect(deviation(seen)).toBeLessThan(1.2);
  });

  test('can be named by a recipe', () => {
    expect(datasetPart(part.id)).toBe(part);
    expect(datasetIds).toContain(part.id);
  });
});

describe.each<DatasetPart>(datasets.filter(({ kind }) => kind === 'points'))('$id', (part) => {
  test('moves its points by the noise asked for and keeps their labels', async () => {
    const fields = { ...splitOf(part), noise: 0 };
    const [clean, noisy] = [await loadPart(part, fields), await loadPart(part, { ...fields, noise: 0.5 })];
    expect(noisy.train.labels).toEqual(clean.train.labels);
    const moved = Array.from(noisy.train.inputs, (value, k) => value - clean.train.inputs[k]!);
    expect(deviation(moved)).toBeCloseTo(0.5, 1);
  });
});

test('two datasets never share an id', () => {
  expect(new Set(datasetIds).size).toBe(datasetIds.length);
});

test('a dataset that does not exist is refused with those that do', () => {
  expect(() => datasetPart('__proto__')).toThrow(RecipeError);
  for (const id of datasetIds) expect(() => datasetPart('moon')).toThrow(id);
});

test('the ring has inputs of standard deviation 0.8 at its default noise', async () => {
  const { train } = await loadPart(datasetPart('circle'));
  expect(Math.abs(deviation([...train.inputs]) - 0.8)).toBeLessThan(0.05);
});

test('the ring without noise is a disk inside a ring', async () => {
  const { train } = await loadPart(datasetPart('circle'), { noise: 0 });
  train.labels.forEach((label, k) => {
    const radius = Math.hypot(train.inputs[2 * k]!, train.inputs[2 * k + 1]!);
    expect(label === 0 ? radius <= 0.8001 : radius >= 1.0999 && radius <= 1.7501).toBe(true);
  });
});

test('XOR without noise has a label that is the sign of x · y', async () => {
  const { train } = await loadPart(datasetPart('xor'), { noise: 0 });
  train.labels.forEach((label, k) => {
    expect(label).toBe(train.inputs[2 * k]! * train.inputs[2 * k + 1]! > 0 ? 1 : 0);
  });
});
