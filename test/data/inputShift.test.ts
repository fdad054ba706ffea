// Input shift: the divergence against arithmetic by hand, the figures of the lessons, and how often the limit is wrong.
import { describe, expect, test } from 'vitest';
import { undrifted, type Production } from '../../src/core/stateFaults.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { datasetPart } from '../../src/data/index.ts';
import {
  batchWindow,
  calibratedLimit,
  divergenceInputs,
  InputReference,
  shiftWindow,
} from '../../src/data/inputShift.ts';
import { productionSamples } from '../../src/data/production.ts';
import { datasetUnder } from '../../src/data/refreshed.ts';
import { loadPart } from './load.ts';

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** A dataset of one or more features whose validation set is given, example by example. */
function dataOf(features: number, values: readonly number[]): Dataset {
  const count = values.length / features;
  const samples = { count, inputs: Float32Array.from(values), labels: new Uint8Array(count) };
  return {
    id: 'given',
    features,
    classes: 2,
    train: samples,
    validation: samples,
    production: samples,
    target: null,
    image: null,
  };
}

function windowsOf(
  dataset: Dataset,
  some: Partial<Production>,
  windows: number,
  size = shiftWindow,
  seed = 1,
): readonly number[] {
  const reference = new InputReference(dataset);
  return Array.from({ length: windows }, (_, w) => {
    const { inputs } = productionSamples(dataset, seed, { ...undrifted, ...some }, w * size, size);
    return reference.divergence(inputs, size);
  });
}

const oneToHundred = Array.from({ length: 100 }, (_, k) => k + 1);

describe('the divergence', () => {
  test('is 0 for the validation set itself', () => {
    expect(new InputReference(dataOf(1, oneToHundred)).divergence(Float32Array.from(oneToHundred), 100)).toBe(
      0,
    );
  });

  test('is Σ p ln(p/q) over ten bins, half an example added to each', () => {
    // All 20 fall into the first bin: p = 20.5/25 and nine times 0.5/25; q = 1/10 each.
    const expected = 0.82 * Math.log(8.2) + 9 * 0.02 * Math.log(0.2);
    const reference = new InputReference(dataOf(1, oneToHundred));
    expect(reference.divergence(new Float32Array(20), 20)).toBeCloseTo(expected, 10);
  });

  test('has bins up to and with their decile, and the last one without end', () => {
    const reference = new InputReference(dataOf(1, oneToHundred));
    const same = (a: number, b: number) =>
      reference.divergence(Float32Array.of(a), 1) === reference.divergence(Float32Array.of(a, b), 1);
    const both = (a: number, b: number) => reference.divergence(Float32Array.of(a, b), 2);
    expect(same(1, 2)).toBe(true);
    expect(both(10, 1)).toBe(both(5, 5));
    expect(both(10, 11)).toBeLessThan(both(10, 10));
    expect(both(91, 1e30)).toBe(both(95, 95));
    expect(both(-Infinity, Infinity)).toBe(both(1, 100));
  });

  test('merges bins where values tie, and sees what is above a feature that never varied', () => {
    const mostly = new InputReference(dataOf(1, [...Array<number>(95).fill(0), 1, 2, 3, 4, 5]));
    const [p, q] = [10.5 / 11, 95.5 / 101];
    const expected = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    expect(mostly.divergence(new Float32Array(10), 10)).toBeCloseTo(expected, 10);
    const never = new InputReference(dataOf(1, Array<number>(100).fill(7)));
    expect(never.divergence(new Float32Array(50).fill(7), 50)).toBeLessThan(0.01);
    expect(never.divergence(new Float32Array(50).fill(8), 50)).toBeGreaterThan(4);
  });

  test('is the largest over the features', () => {
    const pairs = oneToHundred.flatMap((value) => [value, 101 - value]);
    const [one, two] = [new InputReference(dataOf(1, oneToHundred)), new InputReference(dataOf(2, pairs))];
    const alone = one.divergence(new Float32Array(10).fill(3), 10);
    const spread = Array.from({ length: 10 }, (_, k) => [10 * k + 5, 3]).flat();
    expect(two.divergence(Float32Array.from(spread), 10)).toBe(alone);
    expect([one.features, two.features]).toEqual([1, 2]);
  });

  test('of NaN, infinity and nothing is a number', () => {
    const reference = new InputReference(dataOf(1, oneToHundred));
    expect(reference.divergence(new Float32Array(20).fill(NaN), 20)).toBeGreaterThan(1);
    expect(reference.divergence(new Float32Array(20).fill(Infinity), 20)).toBeGreaterThan(1);
    expect(reference.divergence(new Float32Array(), 0)).toBeCloseTo(0, 10);
    expect(new InputReference(dataOf(1, [5])).divergence(Float32Array.of(5), 1)).toBeLessThan(0.5);
  });

  test('of images is taken over 49 block means, which overlook a grey level or two', async () => {
    const dataset = await loadPart(datasetPart('mnist'), { train: 400, validation: 1000 });
    expect([divergenceInputs(dataset), new InputReference(dataset).features]).toEqual([49, 49]);
    const limit = calibratedLimit(49, shiftWindow, 1000);
    for (const quiet of [{}, { shift: 0.05 }, { noise: 0.02 }, { scale: 0.99 }])
      expect(Math.max(...windowsOf(dataset, quiet, 2))).toBeLessThan(limit);
    for (const moved of [{ shift: 0.25 }, { shift: 0.5 }, { noise: 0.3 }, { scale: 0.7 }, { rotate: 90 }])
      expect(Math.min(...windowsOf(dataset, moved, 2))).toBeGreaterThan(limit);
  });

  test('falls back to its floor when the validation set is refreshed from what users send', async () => {
    const some = { shift: 0.37, scale: 0.83, rotate: 30, noise: 0.1 };
    for (const id of ['circle', 'mnist']) {
      const dataset = await loadPart(datasetPart(id), { train: 400, validation: 1000 });
      const limit = calibratedLimit(divergenceInputs(dataset), shiftWindow, 1000);
      const refreshed = datasetUnder(dataset, { seed: 1 }, { ...undrifted, ...some });
      const reference = new InputReference(refreshed);
      const { inputs } = productionSamples(refreshed, 1, { ...undrifted, ...some }, 5000, shiftWindow);
      expect(reference.divergence(inputs, shiftWindow)).toBeLessThan(limit);
      expect(new InputReference(dataset).divergence(inputs, shiftWindow)).toBeGreaterThan(limit);
    }
  });
});

describe('the limit', () => {
  test('is the χ² value of the tables at 1e-3 over the features, times half the spread', () => {
    // χ² with 9 degrees of freedom is exceeded with probability 0.001 at 27.877, 0.0005 at 29.666.
    const spread = 1 / 512 + 2 / 2000;
    expect(calibratedLimit(1, 512, 2000)).toBeCloseTo((27.877 * spread) / 2, 3);
    expect(calibratedLimit(2, 512, 2000)).toBeCloseTo((29.666 * spread) / 2, 3);
  });

  test('grows with the features and shrinks with both samples', () => {
    expect(calibratedLimit(49, 512, 2000)).toBeGreaterThan(calibratedLimit(2, 512, 2000));
    expect(calibratedLimit(2, 32, 2000)).toBeGreaterThan(calibratedLimit(2, 512, 2000));
    expect(calibratedLimit(2, 512, 100)).toBeGreaterThan(calibratedLimit(2, 512, 2000));
  });

  test.each([
    ['circle', { noise: 0.3 }],
    ['xor', { noise: 0.2 }],
    ['moons', { noise: 0.2 }],
    ['blobs', { noise: 0.4, classes: 3 }],
    ['spiral', { noise: 0.05 }],
    ['circle', { noise: 0.3, validation: 250 }],
    ['penguins', { train: 200, validation: 70 }],
  ])(
    'on %s %o is exceeded by at most 3 in 1,000 undrifted windows, and never thrice in a row',
    async (id, fields) => {
      let [over, seen, longest] = [0, 0, 0];
      for (let seed = 1; seed <= 20; seed++) {
        const dataset = await loadPart(datasetPart(id), { ...fields, seed });
        const limit = calibratedLimit(dataset.features, shiftWindow, dataset.validation.count);
        let row = 0;
        for (const value of windowsOf(dataset, {}, 50, shiftWindow, seed)) {
          seen++;
          row = value > limit ? row + 1 : 0;
          if (row > 0) over++;
          longest = Math.max(longest, row);
        }
      }
      expect(over / seen).toBeLessThanOrEqual(0.003);
      expect(longest).toBeLessThan(3);
    },
  );

  test.each(['circle', 'xor', 'moons', 'blobs', 'spiral'])(
    'on %s is exceeded by every window that is shifted by half a deviation',
    async (id) => {
      const dataset = await loadPart(datasetPart(id), { noise: 0.2 });
      const limit = calibratedLimit(2, shiftWindow, dataset.validation.count);
      expect(Math.min(...windowsOf(dataset, { shift: 0.5 }, 20))).toBeGreaterThan(limit);
    },
  );
});

describe('the figures of the lessons', () => {
  const cases: [id: string, noise: number, some: Partial<Production>, low: number, high: number][] = [
    ['circle', 0.3, {}, 0.01, 0.02],
    ['circle', 0.3, { shift: 0.5 }, 0.11, 0.16],
    ['circle', 0.3, { shift: 1 }, 0.4, 0.5],
    ['circle', 0.3, { shift: 1.25 }, 0.6, 0.72],
    ['circle', 0.3, { rotate: 90 }, 0.01, 0.025],
    ['xor', 0.2, { rotate: 90 }, 0.01, 0.02],
    ['xor', 0.2, { scale: 2 }, 0.4, 0.55],
  ];
  test.each(cases)('%s with noise %f under %o', async (id, noise, some, low, high) => {
    const dataset = await loadPart(datasetPart(id), { noise });
    const found = median(windowsOf(dataset, some, 40));
    expect(found).toBeGreaterThan(low);
    expect(found).toBeLessThan(high);
  });

  test('a batch of 32 has 0.1 and more for nothing, most of the time', async () => {
    const dataset = await loadPart(datasetPart('circle'));
    const batches = windowsOf(dataset, {}, 400, batchWindow);
    expect(median(batches)).toBeGreaterThan(0.11);
    expect(median(batches)).toBeLessThan(0.15);
    expect(batches.filter((value) => value > 0.1).length / 400).toBeGreaterThan(0.65);
  });
});
