// Palmer penguins: the table of the prepared file, standardised by what trains; a file or split that does not fit is named.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { featureMoments } from '../../src/data/moments.ts';
import { penguins } from '../../src/data/penguins.ts';
import { contextOf, loadPart, prepared, recipeOf } from './load.ts';

const file = 'data/penguins.bin';
const split = { train: 200, validation: 60 };

/** The compact file of `count` rows; the first measurement of a row is its label, the others grow from row to row. */
function compact({ count = 10, measurements = 4, species = 3, magic = 'TWT1' } = {}): Buffer {
  const header = Buffer.alloc(16);
  header.write(magic, 'latin1');
  header.writeUInt32LE(count, 4);
  header.writeUInt16LE(measurements, 12);
  header.writeUInt16LE(species, 14);
  const labels = Buffer.from(Array.from({ length: count }, (_, k) => k % 3));
  const values = Buffer.alloc(count * measurements * 4);
  for (let k = 0; k < count * measurements; k++) {
    const row = Math.floor(k / measurements);
    values.writeFloatLE(k % measurements === 0 ? row % 3 : row, k * 4);
  }
  return Buffer.concat([header, labels, values]);
}

function load(bytes: Buffer, fields: object = { train: 6, validation: 4 }) {
  return penguins.load(
    recipeOf(penguins, fields),
    contextOf(() => Promise.resolve(new Uint8Array(bytes))),
  );
}

test('the prepared file holds every penguin that was measured, and the description tells how many of how many', async () => {
  const { train, validation } = await loadPart(penguins, { train: 300, validation: 42 });
  const labels = [...train.labels, ...validation.labels];
  expect([0, 1, 2].map((species) => labels.filter((label) => label === species).length)).toEqual([
    151, 68, 123,
  ]);
  const bytes = await prepared.file(file, () => undefined);
  const raw = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).arrayBuffer();
  const [rows, leftOut] = [4, 8].map((at) => new DataView(raw).getUint32(at, true));
  expect(penguins.description).toContain(
    `${rows} of ${rows! + leftOut!} birds, for ${leftOut} were not measured`,
  );
  expect(penguins.examples({ own: 'none' })).toBe(rows);
});

test('the training set has mean 0 and standard deviation 1 in every column; the validation set is measured by the same rule', async () => {
  const { train, validation } = await loadPart(penguins, split);
  for (const { mean, deviation } of featureMoments(train, 4)) {
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
  }
  const other = featureMoments(validation, 4);
  expect(other.some(({ mean }) => Math.abs(mean) > 1e-3)).toBe(true);
  expect(other.every(({ mean, deviation }) => Math.abs(mean) < 0.5 && Math.abs(deviation - 1) < 0.3)).toBe(
    true,
  );
});

test('Gentoos are the heavy ones with long flippers', async () => {
  const { inputs, labels, count } = (await loadPart(penguins, split)).train;
  const mean = (species: number, column: number) => {
    const some = Array.from({ length: count }, (_, k) => k).filter((k) => labels[k] === species);
    return some.reduce((sum, k) => sum + inputs[4 * k + column]!, 0) / some.length;
  };
  for (const column of [2, 3]) {
    expect(mean(2, column)).toBeGreaterThan(0.7);
    expect(Math.max(mean(0, column), mean(1, column))).toBeLessThan(0);
  }
});

test('every row keeps its own label', async () => {
  const { train, validation, production } = await load(gzipSync(compact()), { train: 4, validation: 3 });
  const seen = new Map<number, Set<number>>();
  for (const { labels, inputs } of [train, validation, production]) {
    labels.forEach((label, k) => seen.set(label, (seen.get(label) ?? new Set()).add(inputs[4 * k]!)));
  }
  const [low, middle, high] = [0, 1, 2].map((label) => [...seen.get(label)!]);
  expect([low, middle, high].map((values) => values!.length)).toEqual([1, 1, 1]);
  expect(low![0]! < middle![0]! && middle![0]! < high![0]!).toBe(true);
});

test('a training set of one row is 0 in every column, not NaN', async () => {
  const { train, validation } = await load(gzipSync(compact()), { train: 1, validation: 9 });
  expect([...train.inputs]).toEqual([0, 0, 0, 0]);
  expect(validation.inputs.every(Number.isFinite)).toBe(true);
});

test('production is what is left, at worst the validation set', async () => {
  const labels = async (train: number, validation: number) => {
    const dataset = await load(gzipSync(compact()), { train, validation });
    return [dataset.validation, dataset.production].map((samples) => [...samples.labels]);
  };
  const all = (await labels(1, 9))[0]!;
  expect(await labels(4, 3)).toEqual([all.slice(3, 6), all.slice(6, 9)]);
  expect(await labels(5, 4)).toEqual([all.slice(4, 8), all.slice(5, 9)]);
  expect(await labels(6, 4)).toEqual([all.slice(5, 9), all.slice(5, 9)]);
});

describe('a file that', () => {
  const whole = gzipSync(compact());
  const damaged: [claim: string, bytes: Buffer, shown: string][] = [
    ['is a page of a server', Buffer.from('<!doctype html>'), '15 bytes'],
    ['is cut off', whole.subarray(0, whole.length - 12), `${whole.length - 12} bytes`],
    ['starts otherwise', gzipSync(compact({ magic: 'TWM1' })), '“TWM1”, expected “TWT1”'],
    ['is shorter than its header', gzipSync(Buffer.from('TWT1')), 'only 4 bytes'],
    ['has less than it says', gzipSync(compact().subarray(0, 70)), '70 bytes, expected 186'],
    [
      'has other columns',
      gzipSync(compact({ measurements: 5 })),
      '5 measurements of 3 species, expected 4 of 3',
    ],
    ['has other species', gzipSync(compact({ species: 2 })), '4 measurements of 2 species, expected 4 of 3'],
  ];
  test.each(damaged)('%s is named, with what was found and what to run', async (_, bytes, shown) => {
    const failed = expect(load(bytes)).rejects;
    await failed.toThrow(file);
    await failed.toThrow(shown);
    await failed.toThrow('npm run prepare-data');
  });

  test('holds fewer penguins than the split needs is named, with both numbers', async () => {
    const failed = expect(load(whole, { train: 7, validation: 4 })).rejects;
    await failed.toThrow('train + validation is 11');
    await failed.toThrow(`${file} holds 10 penguins`);
    await failed.toThrow('smaller split');
  });
});
