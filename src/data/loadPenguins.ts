// Reads Palmer penguins from the compact file that `npm run prepare-data` makes. Loaded where they are trained on.
import { permuted } from '../core/permutation.ts';
import { streams } from '../core/random.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Dataset, LoadContext, Samples } from './dataset.ts';
import { featureMoments, type Moments } from './moments.ts';
import { checkSplit, productionStart, readPrepared } from './preparedFile.ts';

const path = 'data/penguins.bin';
const features = 4;
const classes = 3;
const header = 16;

/**
 * Reads the compact file: "TWT1", u32 rows, u32 rows left out, u16 measurements, u16 classes (little endian), one label byte each, then the
 * measurements as f32, row by row.
 */
async function readTable(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  const shapeOf = (file: DataView) => ({
    count: file.getUint32(4, true),
    measurements: file.getUint16(12, true),
    species: file.getUint16(14, true),
  });
  const raw = await readPrepared(path, bytes, 'TWT1', header, (file) => {
    const { count, measurements } = shapeOf(file);
    return header + count * (1 + 4 * measurements);
  });
  const view = new DataView(raw.buffer);
  const { count, measurements, species } = shapeOf(view);
  if (measurements !== features || species !== classes) {
    throw new Error(
      `${path}: ${measurements} measurements of ${species} species, expected ${features} of ${classes}; run npm run prepare-data`,
    );
  }
  const labels = raw.subarray(header, header + count);
  const inputs = Float32Array.from({ length: count * features }, (_, k) =>
    view.getFloat32(header + count + 4 * k, true),
  );
  return { count, inputs, labels };
}

function pick(table: Samples, recipe: Recipe, from: number, count: number): Samples {
  const inputs = new Float32Array(count * features);
  const labels = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const source = permuted(from + k, table.count, recipe.seed, streams.split, 0);
    inputs.set(table.inputs.subarray(source * features, (source + 1) * features), k * features);
    labels[k] = table.labels[source] ?? 0;
  }
  return { count, inputs, labels };
}

/** Each feature less the mean, divided by the deviation; one that never varies is 0. */
function standardised(samples: Samples, moments: readonly Moments[]): Samples {
  const inputs = Float32Array.from(samples.inputs, (value, k) => {
    const { mean = 0, deviation = 0 } = moments[k % features] ?? {};
    return (value - mean) / (deviation || 1);
  });
  return { ...samples, inputs };
}

export async function loadPenguins(recipe: Recipe, context: LoadContext): Promise<Dataset> {
  const table = await readTable(await context.file(path, context.progress));
  checkSplit(path, table.count, 'penguins', recipe);
  const train = pick(table, recipe, 0, recipe.train);
  // Of the training set alone: what a network is served in production cannot be known before.
  const moments = featureMoments(train, features);
  const part = (from: number): Samples => standardised(pick(table, recipe, from, recipe.validation), moments);
  return {
    id: 'penguins',
    features,
    classes,
    train: standardised(train, moments),
    validation: part(recipe.train),
    production: part(productionStart(table.count, recipe)),
    target: null,
    image: null,
  };
}
