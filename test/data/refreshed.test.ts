// The dataset with a validation set from what users send.
import { describe, expect, test } from 'vitest';
import { undrifted } from '../../src/core/stateFaults.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { datasets } from '../../src/data/index.ts';
import { productionSamples } from '../../src/data/production.ts';
import { datasetUnder } from '../../src/data/refreshed.ts';
import { loadPart } from './load.ts';

const blobs = datasets.find(({ id }) => id === 'blobs')!;
const drawn = () => loadPart(blobs, { classes: 3, train: 50, validation: 300 });
const recipe = { seed: 9 };

/** Two pixels that are 0 and 255 by class. */
const pictures: Dataset = (() => {
  const labels = Uint8Array.from({ length: 40 }, (_, k) => k % 2);
  const inputs = Uint8Array.from({ length: 80 }, (_, k) => (Math.floor(k / 2) % 2) * 255);
  const samples = { count: 40, inputs, labels };
  return {
    id: 'pictures',
    features: 2,
    classes: 2,
    train: samples,
    validation: samples,
    production: samples,
    target: null,
    image: { height: 1, width: 2 },
  };
})();

test('without production it is the dataset as it is', async () => {
  const dataset = await drawn();
  expect(datasetUnder(dataset, recipe, undefined)).toBe(dataset);
});

describe('a validation set from what users send', () => {
  test('has as many examples, with their true labels, from the beginning of the stream', async () => {
    const dataset = await drawn();
    const to = { ...undrifted, shift: 2 };
    const refreshed = datasetUnder(dataset, recipe, to);
    const validation = productionSamples(dataset, recipe.seed, to, 0, 300);
    expect(refreshed).toEqual({ ...dataset, validation });
    expect(refreshed.validation.inputs).not.toEqual(dataset.validation.inputs);
  });

  test('is the same every time, and another with another seed', async () => {
    const dataset = await drawn();
    const inputs = (seed: number) => datasetUnder(dataset, { seed }, undrifted).validation.inputs;
    expect(inputs(9)).toEqual(inputs(9));
    expect(inputs(10)).not.toEqual(inputs(9));
  });

  test('of pictures is stored in the bytes that the others are stored in', () => {
    const { validation } = datasetUnder(pictures, recipe, undrifted);
    expect(validation.inputs).toBeInstanceOf(Uint8Array);
    expect(validation.inputs.length).toBe(80);
    for (let k = 0; k < 40; k++) expect(validation.inputs[2 * k]).toBe(255 * validation.labels[k]!);
    const darker = datasetUnder(pictures, recipe, { ...undrifted, scale: 0.5 }).validation;
    for (let k = 0; k < 40; k++) expect(darker.inputs[2 * k]).toBe(128 * darker.labels[k]!);
  });

  test('leaves the stream that it is drawn from as it was: refreshed twice is refreshed once', async () => {
    const dataset = await drawn();
    const once = datasetUnder(dataset, recipe, undrifted);
    expect(datasetUnder(once, recipe, undrifted)).toEqual(once);
  });
});
