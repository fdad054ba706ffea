// What users send: the stream's examples one by one, and what each kind of drift does to them.
import { describe, expect, test } from 'vitest';
import { undrifted, type Production } from '../../src/core/stateFaults.ts';
import { inputScale, type Dataset, type DatasetPart } from '../../src/data/dataset.ts';
import { datasetPart, datasets } from '../../src/data/index.ts';
import { featureMoments, momentsOf } from '../../src/data/moments.ts';
import { productionSamples } from '../../src/data/production.ts';
import { loadPart } from './load.ts';

const seed = 3;

function drifted(some: Partial<Production>): Production {
  return { ...undrifted, ...some };
}

function send(dataset: Dataset, some: Partial<Production> = {}, count = 200, from = 0) {
  return productionSamples(dataset, seed, drifted(some), from, count);
}

function splitOf({ kind }: DatasetPart) {
  return kind === 'table' ? { train: 200, validation: 60 } : { train: 400, validation: 200 };
}

const ring = () => loadPart(datasetPart('circle'), { train: 400, validation: 2000 });
const digits = () => loadPart(datasetPart('mnist'), { train: 400, validation: 200 });

describe.each<DatasetPart>(datasets)('$id', (part) => {
  test('is sent as it is while nothing has drifted, with true labels', async () => {
    const dataset = await loadPart(part, splitOf(part));
    const { production, features } = dataset;
    const scale = inputScale(production);
    const known = new Map<string, number>();
    for (let k = 0; k < production.count; k++) {
      const inputs = Float32Array.from(
        production.inputs.subarray(k * features, (k + 1) * features),
        (value) => value * scale,
      );
      known.set(inputs.join(), production.labels[k]!);
    }
    const { inputs, labels, count } = send(dataset);
    for (let k = 0; k < count; k++) {
      expect(known.get(inputs.subarray(k * features, (k + 1) * features).join())).toBe(labels[k]);
    }
  });

  test('has a stream of which any part can be asked for', async () => {
    const dataset = await loadPart(part, splitOf(part));
    const some = { shift: 0.5, noise: 0.3, rotate: 20, prior: 0.4 };
    const [all, later] = [send(dataset, some, 40), send(dataset, some, 10, 30)];
    expect(later.inputs).toEqual(all.inputs.slice(30 * dataset.features));
    expect(later.labels).toEqual(all.labels.slice(30));
    expect(productionSamples(dataset, seed + 1, drifted(some), 0, 40).inputs).not.toEqual(all.inputs);
  });

  test('has the share of class 0 asked for, the other classes in their own proportion', async () => {
    const dataset = await loadPart(part, { ...splitOf(part), classes: part.classes.high });
    const share = (labels: Uint8Array, label: number) =>
      labels.filter((other) => other === label).length / labels.length;
    for (const prior of [0.1, 0.8]) {
      const { labels } = send(dataset, { prior }, 4000);
      expect(Math.abs(share(labels, 0) - prior)).toBeLessThan(0.03);
      const own = share(dataset.production.labels, 1) / (1 - share(dataset.production.labels, 0));
      expect(Math.abs(share(labels, 1) / (1 - prior) - own)).toBeLessThan(0.1);
    }
    expect(send(dataset, { prior: 1 }).labels.every((label) => label === 0)).toBe(true);
  });

  test('stays finite under the largest drift', async () => {
    const dataset = await loadPart(part, splitOf(part));
    const { inputs } = send(dataset, { shift: -10, scale: 10, rotate: -360, noise: 10, prior: 1 }, 20);
    expect(inputs.every(Number.isFinite)).toBe(true);
  });
});

test('a class that there is none of gives way to the others', async () => {
  const dataset = await ring();
  const none = { ...dataset, production: { ...dataset.production, labels: new Uint8Array(2000).fill(1) } };
  expect(send(none, { prior: 0.5 }).labels.every((label) => label === 1)).toBe(true);
});

describe('points', () => {
  test('move along the first feature by its standard deviations', async () => {
    const dataset = await ring();
    const { deviation } = featureMoments(dataset.production, 2)[0]!;
    const [before, after] = [send(dataset), send(dataset, { shift: 0.5 })];
    after.inputs.forEach((value, k) => {
      expect(value).toBeCloseTo(before.inputs[k]! + (k % 2 === 0 ? 0.5 * deviation : 0), 5);
    });
    expect(after.labels).toEqual(before.labels);
  });

  test('turn counterclockwise about the origin, by quarters exactly, and grow', async () => {
    const dataset = await ring();
    const { inputs } = send(dataset);
    const rotated = (turn: (x: number, y: number) => readonly [number, number]) =>
      Float32Array.from(inputs, (_, k) => {
        const [x, y] = k % 2 === 0 ? [inputs[k]!, inputs[k + 1]!] : [inputs[k - 1]!, inputs[k]!];
        return turn(x, y)[k % 2]!;
      });
    const quarter = rotated((x, y) => [-y, x]);
    for (const rotate of [90, -270]) expect(send(dataset, { rotate }).inputs).toEqual(quarter);
    expect(send(dataset, { rotate: 180 }).inputs).toEqual(rotated((x, y) => [-x, -y]));
    for (const rotate of [360, -360]) expect(send(dataset, { rotate }).inputs).toEqual(inputs);
    const doubled = rotated((x, y) => [2 * -y, 2 * x]);
    expect(send(dataset, { rotate: 90, scale: 2 }).inputs).toEqual(doubled);
    const half = Math.SQRT1_2;
    const eighth = rotated((x, y) => [half * (x - y), half * (x + y)]);
    send(dataset, { rotate: 45 }).inputs.forEach((value, k) => expect(value).toBeCloseTo(eighth[k]!, 6));
  });

  test('of a table do not turn: its features have no plane', async () => {
    const dataset = await loadPart(datasetPart('penguins'), { train: 200, validation: 60 });
    expect(send(dataset, { rotate: 30 }).inputs).toEqual(send(dataset).inputs);
  });

  test('tremble by the noise asked for, in each feature’s own deviation', async () => {
    const dataset = await ring();
    const [before, after] = [send(dataset, {}, 2000), send(dataset, { noise: 0.6 }, 2000)];
    featureMoments(dataset.production, 2).forEach(({ deviation }, feature) => {
      const moved = momentsOf(2000, (k) => after.inputs[2 * k + feature]! - before.inputs[2 * k + feature]!);
      expect(Math.abs(moved.mean)).toBeLessThan(0.05 * deviation);
      expect(Math.abs(moved.deviation / deviation - 0.6)).toBeLessThan(0.03);
    });
  });

  test('drift alike when the validation set has been replaced', async () => {
    const dataset = await ring();
    const moved = { ...dataset, validation: send(dataset, { scale: 3 }) };
    expect(send(moved, { shift: 1, noise: 1 })).toEqual(send(dataset, { shift: 1, noise: 1 }));
  });
});

describe('images', () => {
  const levels = (values: Float32Array): readonly number[] => Array.from(values, (value) => value * 255);

  test('turn counterclockwise about their centre, by quarters exactly', async () => {
    const dataset = await digits();
    const [upright, turned] = [send(dataset, {}, 5).inputs, send(dataset, { rotate: 90 }, 5).inputs];
    // What stood at the right edge stands at the top.
    const expected = Float32Array.from(upright, (_, k) => {
      const [image, row, column] = [Math.floor(k / 784), Math.floor((k % 784) / 28), k % 28];
      return upright[image * 784 + column * 28 + (27 - row)]!;
    });
    expect(turned).toEqual(expected);
    expect(send(dataset, { rotate: 360 }, 5).inputs).toEqual(upright);
    const [slightly, whole] = [
      send(dataset, { rotate: 10 }, 5).inputs,
      momentsOf(5 * 784, (k) => upright[k]!),
    ];
    expect(slightly).not.toEqual(upright);
    expect(Math.abs(momentsOf(5 * 784, (k) => slightly[k]!).mean / whole.mean - 1)).toBeLessThan(0.1);
  });

  test('change contrast and brightness in whole grey levels and never leave 0 … 1', async () => {
    const dataset = await digits();
    const before = levels(send(dataset, {}, 20).inputs);
    const cases = [
      { scale: 0.7, shift: 0 },
      { scale: 1, shift: 0.5 },
      { scale: 1.5, shift: -2 },
    ];
    for (const { scale, shift } of cases) {
      const off = levels(send(dataset, { scale, shift }, 20).inputs).filter((level, k) => {
        const wanted = Math.min(255, Math.max(0, scale * before[k]! + 25.5 * shift));
        return !(Math.abs(level - wanted) < 0.501 && Math.abs(level - Math.round(level)) < 1e-4);
      });
      expect(off).toEqual([]);
    }
  });

  test('tremble by the noise asked for, in the deviation of all pixels', async () => {
    const dataset = await digits();
    const { inputs } = dataset.production;
    const { deviation } = momentsOf(inputs.length, (k) => inputs[k]! / 255);
    // Grey all over, so that nothing is clipped.
    const grey = { scale: 0, shift: 5 };
    const { inputs: after } = send(dataset, { ...grey, noise: 0.3 }, 20);
    const moved = momentsOf(after.length, (k) => after[k]! - 0.5);
    expect(Math.abs(moved.deviation / deviation - 0.3)).toBeLessThan(0.01);
  });
});
