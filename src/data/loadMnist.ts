// Reads MNIST digits from the compact file that `npm run prepare-data` makes. Loaded where they are trained on.
import type { Recipe } from '../core/recipe.ts';
import { permuted } from '../core/permutation.ts';
import { streams } from '../core/random.ts';
import type { Dataset, LoadContext, Samples } from './dataset.ts';
import { checkSplit, productionStart, readPrepared } from './preparedFile.ts';

const path = 'data/mnist.bin';
const classes = 10;
const header = 12;

interface Digits {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

/** Reads the compact file: "TWM1", u32 count, u16 height, u16 width (little endian), one label byte each, then the pixels. */
async function readDigits(bytes: Uint8Array<ArrayBuffer>): Promise<Digits> {
  const shapeOf = (view: DataView) => ({
    count: view.getUint32(4, true),
    height: view.getUint16(8, true),
    width: view.getUint16(10, true),
  });
  const raw = await readPrepared(path, bytes, 'TWM1', header, (view) => {
    const { count, height, width } = shapeOf(view);
    return header + count + count * height * width;
  });
  const shape = shapeOf(new DataView(raw.buffer));
  const pixels = header + shape.count;
  return { ...shape, labels: raw.subarray(header, pixels), pixels: raw.subarray(pixels) };
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

export async function loadMnist(recipe: Recipe, context: LoadContext): Promise<Dataset> {
  const digits = await readDigits(await context.file(path, context.progress));
  checkSplit(path, digits.count, 'digits', recipe);
  return {
    id: 'mnist',
    features: digits.height * digits.width,
    classes,
    train: pick(digits, recipe, 0, recipe.train),
    validation: pick(digits, recipe, recipe.train, recipe.validation),
    production: pick(digits, recipe, productionStart(digits.count, recipe), recipe.validation),
    target: null,
    image: { height: digits.height, width: digits.width },
  };
}
