// The networks of the benchmark: recipe, data, and the GPU execution that the speed table asks of each.
import type { Recipe } from '../../core/recipe.ts';
import { hash, normal, streams, uniform } from '../../core/random.ts';
import type { Dataset, FileLoader, Samples } from '../../data/dataset.ts';
import { loadDataset, parseRecipe } from '../../data/index.ts';

export const optimizers = ['sgd', 'adam'] as const;
export type Optimizer = (typeof optimizers)[number];

export interface Net {
  readonly id: string;
  readonly title: string;
  /** How the compiled engine runs it on a GPU: small networks resident, larger ones staged. */
  readonly gpuExecution: 'resident' | 'staged';
  /** Rates at which float32 and float64 still agree to 1e-4 after 100 steps; at hotter ones no row could be told right from wrong. */
  readonly rates: Readonly<Record<Optimizer, number>>;
  readonly fields: Readonly<Record<string, unknown>>;
  load(recipe: Recipe, file: FileLoader): Promise<Dataset>;
}

const loadByName = (recipe: Recipe, file: FileLoader): Promise<Dataset> =>
  loadDataset(recipe, { file, progress: () => undefined });

const wideFeatures = 64;
const wideClasses = 10;

function teacherLabel(seed: number, inputs: Float32Array, offset: number): number {
  let best = 0;
  let largest = -Infinity;
  for (let label = 0; label < wideClasses; label++) {
    let score = 0;
    for (let k = 0; k < wideFeatures; k++) {
      score += normal(seed, streams.data, 0xffff_ff00 + label, k) * (inputs[offset + k] ?? 0);
    }
    if (score > largest) [best, largest] = [label, score];
  }
  return best;
}

function wideSamples(seed: number, from: number, count: number): Samples {
  const inputs = new Float32Array(count * wideFeatures);
  for (let k = 0; k < inputs.length; k++) {
    inputs[k] = 2 * uniform(seed, streams.data, from * wideFeatures + k) - 1;
  }
  const labels = Uint8Array.from({ length: count }, (_, index) =>
    teacherLabel(seed, inputs, index * wideFeatures),
  );
  return { count, inputs, labels };
}

/** Uniform inputs, labelled by a fixed random linear map: a task of the right size that needs no file. */
function loadWide(recipe: Recipe): Promise<Dataset> {
  const seed = hash(recipe.seed, streams.data, wideFeatures);
  return Promise.resolve({
    id: 'wide',
    features: wideFeatures,
    classes: wideClasses,
    train: wideSamples(seed, 0, recipe.train),
    validation: wideSamples(seed, recipe.train, recipe.validation),
    production: wideSamples(seed, recipe.train + recipe.validation, recipe.validation),
    target: null,
    image: null,
  });
}

export const nets: readonly Net[] = [
  {
    id: 'tiny',
    title: '2-16-16-2, batch 32',
    gpuExecution: 'resident',
    rates: { sgd: 0.1, adam: 0.01 },
    fields: { data: 'circle', hidden: [16, 16], batch: 32, train: 2000 },
    load: loadByName,
  },
  {
    id: 'digits',
    title: '784-128-64-10, batch 128',
    gpuExecution: 'staged',
    rates: { sgd: 0.1, adam: 0.001 },
    fields: { data: 'mnist', classes: 10, hidden: [128, 64], batch: 128, train: 10000 },
    load: loadByName,
  },
  {
    id: 'wide',
    title: '64-256-256-10, batch 256',
    gpuExecution: 'staged',
    rates: { sgd: 0.1, adam: 0.001 },
    // A recipe must name a dataset; `load` makes another one of it.
    fields: { data: 'blobs', classes: wideClasses, hidden: [256, 256], batch: 256, train: 8192 },
    load: loadWide,
  },
];

export function benchRecipe(net: Net, optimizer: Optimizer): Recipe {
  return parseRecipe({
    ...net.fields,
    optimizer,
    learningRate: net.rates[optimizer],
    loss: 'softmax-cross-entropy',
    // One evaluation in a hundred steps, the same with telemetry and without: its cost is no part of any ratio.
    validation: 200,
    validateEvery: 100,
  });
}
