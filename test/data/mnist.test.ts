// MNIST: a file that is missing or damaged is named, with what to do about it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mnist } from '../../src/data/mnist.ts';
import { fileLoader } from '../../src/worker/files.ts';
import { contextOf, prepared, recipeOf } from './load.ts';

const file = 'data/mnist.bin';

/** The compact file with `count` images of 2 × 3 pixels; pixel p of image k is k + p. */
function compact(count: number, magic = 'TWM1'): Buffer {
  const header = Buffer.alloc(12);
  header.write(magic, 'latin1');
  header.writeUInt32LE(count, 4);
  header.writeUInt16LE(2, 8);
  header.writeUInt16LE(3, 10);
  const labels = Buffer.from(Array.from({ length: count }, (_, k) => k % 10));
  const pixels = Buffer.from(Array.from({ length: count * 6 }, (_, k) => Math.floor(k / 6) + (k % 6)));
  return Buffer.concat([header, labels, pixels]);
}

function load(bytes: Buffer, split: object = { train: 6, validation: 4 }) {
  return mnist.load(
    recipeOf(mnist, split),
    contextOf(() => Promise.resolve(new Uint8Array(bytes))),
  );
}

test('the prepared file holds 20,000 digits of 28 × 28 pixels, each class about a tenth', async () => {
  const recipe = recipeOf(mnist, { train: 16_000, validation: 4000 });
  const { train, validation, features } = await mnist.load(recipe, prepared);
  expect([features, train.count, validation.count]).toEqual([784, 16_000, 4000]);
  const all = new Set<string>();
  for (const { inputs, count } of [train, validation]) {
    for (let k = 0; k < count; k++)
      all.add(Buffer.from(inputs.buffer, k * features, features).toString('latin1'));
  }
  expect(all.size).toBe(20_000);
});

test('every image keeps its own label', async () => {
  const { train, validation, image } = await load(gzipSync(compact(10)));
  expect(image).toEqual({ height: 2, width: 3 });
  const firsts = [...train.labels, ...validation.labels];
  expect([...firsts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const { count, inputs, labels } of [train, validation]) {
    for (let k = 0; k < count; k++) {
      const label = labels[k]!;
      const pixels = [0, 1, 2, 3, 4, 5].map((p) => label + p);
      expect([...inputs.subarray(k * 6, k * 6 + 6)]).toEqual(pixels);
    }
  }
});

test('production is what is left, then shares with the validation set as few images as can be', async () => {
  const numbers = async (train: number, validation: number) => {
    const dataset = await load(gzipSync(compact(10)), { train, validation });
    return [dataset.validation, dataset.production].map(({ labels }) => [...labels]);
  };
  const all = (await numbers(1, 9))[0]!;
  expect(await numbers(4, 3)).toEqual([all.slice(3, 6), all.slice(6, 9)]);
  expect(await numbers(4, 4)).toEqual([all.slice(3, 7), all.slice(5, 9)]);
  expect(await numbers(6, 4)).toEqual([all.slice(5, 9), all.slice(5, 9)]);
});

describe('a file that', () => {
  const whole = gzipSync(compact(10));
  const damaged: [claim: string, bytes: Buffer, shown: string][] = [
    ['is a page of a server', Buffer.from('<!doctype html>'), '15 bytes'],
    ['is empty', Buffer.alloc(0), '0 bytes'],
    ['is cut off', whole.subarray(0, whole.length - 12), `${whole.length - 12} bytes`],
    ['starts otherwise', gzipSync(compact(10, 'TWM2')), '“TWM2”, expected “TWM1”'],
    ['is shorter than its header', gzipSync(Buffer.from('TW')), 'only 2 bytes'],
    ['holds nothing', gzipSync(Buffer.alloc(0)), 'only 0 bytes'],
    ['has less than it says', gzipSync(compact(10).subarray(0, 70)), '70 bytes, expected 82'],
    [
      'has more than it says',
      gzipSync(Buffer.concat([compact(10), Buffer.alloc(1)])),
      '83 bytes, expected 82',
    ],
  ];
  test.each(damaged)('%s is named, with what was found and what to run', async (_, bytes, shown) => {
    const failed = expect(load(bytes)).rejects;
    await failed.toThrow(file);
    await failed.toThrow(shown);
    await failed.toThrow('npm run prepare-data');
  });

  test('holds fewer digits than the split needs is named, with both numbers', async () => {
    const failed = expect(load(whole, { train: 8, validation: 3 })).rejects;
    await failed.toThrow('train + validation is 11');
    await failed.toThrow(`${file} holds 10 digits`);
    await failed.toThrow('smaller split');
  });
});

describe('a server that', () => {
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/good/data/mnist.bin') response.end(gzipSync(compact(10)));
      else response.writeHead(404).end('no such file');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('answers 404 is reported with file, status and what to do', async () => {
    const failed = expect(mnist.load(recipeOf(mnist), contextOf(fileLoader(`${base}bad/`)))).rejects;
    await failed.toThrow(file);
    await failed.toThrow('404');
    await failed.toThrow('Choose another dataset');
  });

  test('does not answer is reported with file and what to do', async () => {
    const failed = expect(mnist.load(recipeOf(mnist), contextOf(fileLoader('http://127.0.0.1:9/')))).rejects;
    await failed.toThrow(file);
    await failed.toThrow('choose another dataset');
  });

  test('answers is read, with progress up to the last byte', async () => {
    const seen: number[] = [];
    const context = { file: fileLoader(`${base}good/`), progress: (loaded: number) => seen.push(loaded) };
    const { train } = await mnist.load(recipeOf(mnist, { train: 6, validation: 4 }), context);
    expect(train.count).toBe(6);
    expect(seen.at(-1)).toBe(gzipSync(compact(10)).length);
  });
});
