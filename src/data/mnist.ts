// MNIST digits from the compact file that `npm run prepare-data` makes.
import type { Recipe } from '../core/recipe.ts';
import { permuted } from '../core/permutation.ts';
import { streams } from '../core/random.ts';
import type { Dataset, DatasetPart, LoadContext, Samples } from './dataset.ts';

const path = 'data/mnist.bin';
const classes = 10;

interface Digits {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Reads the compact file: gzip of "TWM1", u32 count, u16 height, u16 width (little endian), one label byte each, then the pixels.
 * @throws Error that says what is wrong with the file
 */
async function readDigits(bytes: Uint8Array<ArrayBuffer>): Promise<Digits> {
  const raw = await gunzip(bytes).catch(() => {
    throw new Error(`${path}: not a gzip file (${bytes.length} bytes); run npm run prepare-data`);
  });
  const view = new DataView(raw.buffer);
  const magic = String.fromCharCode(...raw.subarray(0, 4));
  if (raw.length < 12) throw new Error(`${path}: only ${raw.length} bytes; run npm run prepare-data`);
  if (magic !== 'TWM1')
    throw new Error(`${path}: starts with “${magic}”, expected “TWM1”; run npm run prepare-data`);
  const [count, height, width] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  const expected = 12 + count + count * height * width;
  if (raw.length !== expected)
    throw new Error(`${path}: ${raw.length} bytes, expected ${expected}; run npm run prepare-data`);
  return { count, height, width, labels: raw.subarray(12, 12 + count), pixels: raw.subarray(12 + count) };
}

function pick(digits: Digits, recipe: Recipe, from: number, count: number): Samples {
  const size = digits.height * digits.width;
  const inputs = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const source = permuted(from + k, digits.count, recipe.seed, streams.split, 0);
    inputs.set(digits.pixels.subarray(source * size, (source + 1) * size), k * size);
    labels[k] = digits.labels[source] ?? 0;
  }
  return { count, inputs, labels };
}

async function load(recipe: Recipe, context: LoadContext): Promise<Dataset> {
  const digits = await readDigits(await context.file(path, context.progress));
  if (recipe.train + recipe.validation > digits.count) {
    throw new Error(
      `train + validation is ${recipe.train + recipe.validation}: ${path} holds ${digits.count} digits; choose a smaller split`,
    );
  }
  return {
    id: mnist.id,
    features: digits.height * digits.width,
    classes,
    train: pick(digits, recipe, 0, recipe.train),
    validation: pick(digits, recipe, recipe.train, recipe.validation),
    image: { height: digits.height, width: digits.width },
  };
}

export const mnist: DatasetPart = {
  id: 'mnist',
  title: 'MNIST digits',
  description: 'Handwritten digits, 28 × 28 grey values; 20,000 images.',
  task: 'to read handwritten digits',
  kind: 'images',
  classes: { low: classes, high: classes },
  load,
};
