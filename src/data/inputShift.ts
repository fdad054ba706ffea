// How far what users send lies from the validation set, by its inputs alone.
import type { Dataset, Samples } from './dataset.ts';
import { scaledInputs } from './scaledInputs.ts';

/** Production inputs that a divergence is taken over. */
export const shiftWindow = 512;

/** The same over a single batch: too few to mean anything. */
export const batchWindow = 32;

export const binCount = 10;

/** Added to every bin, so that an empty one does not make the divergence infinite: Krichevsky and Trofimov's estimator (1981). */
export const smoothing = 0.5;

export const blockSide = 4;

/** Steps of brightness that block means are rounded to, 8 grey levels each: blocks that are always black would report the least noise of a camera. */
export const blockLevels = 32;

/** The numbers of an example that are compared: its features, or the means of an image's blocks. Writes them into `values`. */
interface Summary {
  readonly size: number;
  write(inputs: Float32Array, offset: number, values: Float64Array): void;
}

function measures(features: number): Summary {
  return {
    size: features,
    write: (inputs, offset, values) => {
      for (let f = 0; f < features; f++) values[f] = inputs[offset + f] ?? 0;
    },
  };
}

/** Means of blocks of 4 × 4 pixels, in steps of brightness; where a side is no multiple of 4, the last blocks are smaller. */
function blockMeans(height: number, width: number): Summary {
  const across = Math.ceil(width / blockSide);
  const size = across * Math.ceil(height / blockSide);
  const blocks = Uint16Array.from(
    { length: height * width },
    (_, pixel) =>
      Math.floor(Math.floor(pixel / width) / blockSide) * across + Math.floor((pixel % width) / blockSide),
  );
  const pixels = new Float64Array(size);
  for (const block of blocks) pixels[block] = (pixels[block] ?? 0) + 1;
  return {
    size,
    write: (inputs, offset, values) => {
      values.fill(0);
      for (let pixel = 0; pixel < blocks.length; pixel++) {
        const block = blocks[pixel] ?? 0;
        values[block] = (values[block] ?? 0) + (inputs[offset + pixel] ?? 0);
      }
      for (let block = 0; block < size; block++) {
        values[block] = Math.round(((values[block] ?? 0) * blockLevels) / (pixels[block] ?? 1));
      }
    },
  };
}

function summaryOf({ features, image }: Dataset): Summary {
  return image ? blockMeans(image.height, image.width) : measures(features);
}

/** How many numbers of an example a divergence compares: its features, or the blocks of an image. */
export function divergenceInputs(dataset: Dataset): number {
  return summaryOf(dataset).size;
}

/** Upper bounds of the bins: the deciles of sorted values, each once (where values tie, bins merge), and ∞ for the last. */
function decileBounds(sorted: Float64Array): readonly number[] {
  const deciles = Array.from(
    { length: binCount - 1 },
    (_, k) => sorted[Math.max(0, Math.ceil(((k + 1) * sorted.length) / binCount) - 1)] ?? 0,
  );
  return [...new Set(deciles), Infinity];
}

/** Σ p ln(p ÷ q) in nats (Kullback and Leibler 1951), p from `counts` and q from `reference`, over `bins` bins from `offset` on. */
function binnedDivergence(counts: Uint32Array, reference: Uint32Array, offset: number, bins: number): number {
  let [n, m] = [bins * smoothing, bins * smoothing];
  for (let bin = offset; bin < offset + bins; bin++) {
    n += counts[bin] ?? 0;
    m += reference[bin] ?? 0;
  }
  let sum = 0;
  for (let bin = offset; bin < offset + bins; bin++) {
    const [p, q] = [((counts[bin] ?? 0) + smoothing) / n, ((reference[bin] ?? 0) + smoothing) / m];
    sum += p * Math.log(p / q);
  }
  return sum;
}

/** The validation set in quantile bins, feature by feature: what windows of production inputs are held against. */
export class InputReference {
  /** Numbers compared: features, or blocks of an image. */
  readonly features: number;
  readonly #width: number;
  readonly #summary: Summary;
  /** Bins of each feature. */
  readonly #bins: readonly number[];
  /** Their upper bounds, `binCount` places per feature. */
  readonly #bounds: Float64Array;
  readonly #reference: Uint32Array;

  constructor(dataset: Dataset) {
    const { validation, features } = dataset;
    this.#summary = summaryOf(dataset);
    this.features = this.#summary.size;
    this.#width = features;
    const examples = Array.from({ length: validation.count }, (_, example) => example);
    const inputs = scaledInputs(validation, features, examples);
    const bounds = this.#sortedColumns(inputs, validation.count).map(decileBounds);
    this.#bins = bounds.map(({ length }) => length);
    this.#bounds = new Float64Array(this.features * binCount);
    bounds.forEach((some, feature) => this.#bounds.set(some, feature * binCount));
    this.#reference = this.#count(inputs, validation.count);
  }

  /** Upper bounds of a feature's bins, but for the last one's, and how many validation examples are in each bin. */
  bins(feature: number): { readonly bounds: Float64Array; readonly counts: Uint32Array } {
    const at = feature * binCount;
    const bins = this.#bins[feature] ?? 1;
    return {
      bounds: this.#bounds.subarray(at, at + bins - 1),
      counts: this.#reference.subarray(at, at + bins),
    };
  }

  /** KL(production ‖ validation) in nats of the first `count` examples of `inputs` (as the network sees them), largest over the features. */
  divergence(inputs: Float32Array, count: number): number {
    const counts = this.#count(inputs, count);
    return this.#bins.reduce(
      (largest, bins, feature) =>
        Math.max(largest, binnedDivergence(counts, this.#reference, feature * binCount, bins)),
      0,
    );
  }

  #eachExample(
    inputs: Float32Array,
    count: number,
    see: (values: Float64Array, example: number) => void,
  ): void {
    const values = new Float64Array(this.features);
    for (let example = 0; example < count; example++) {
      this.#summary.write(inputs, example * this.#width, values);
      see(values, example);
    }
  }

  #sortedColumns(inputs: Float32Array, count: number): readonly Float64Array[] {
    const columns = Array.from({ length: this.features }, () => new Float64Array(count));
    this.#eachExample(inputs, count, (values, example) => {
      columns.forEach((column, feature) => (column[example] = values[feature] ?? 0));
    });
    return columns.map((column) => column.sort());
  }

  /** Examples per bin, `binCount` places per feature. A bin holds what lies above the bound before it, up to its own; NaN falls into the first. */
  #count(inputs: Float32Array, count: number): Uint32Array {
    const counts = new Uint32Array(this.features * binCount);
    this.#eachExample(inputs, count, (values) => {
      for (let feature = 0; feature < values.length; feature++) {
        const value = values[feature] ?? 0;
        let at = feature * binCount;
        while (value > (this.#bounds[at] ?? Infinity)) at++;
        counts[at] = (counts[at] ?? 0) + 1;
      }
    });
    return counts;
  }
}

const references = new WeakMap<Samples, InputReference>();

/** Of the dataset's validation set, counted once. */
export function referenceOf(dataset: Dataset): InputReference {
  const found = references.get(dataset.validation) ?? new InputReference(dataset);
  references.set(dataset.validation, found);
  return found;
}

/** Standard normal value that is exceeded with probability `share`, below 0.5: Abramowitz and Stegun 26.2.23, within 4.5e-4. */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(share));
  return (
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
}

/** χ² value that is exceeded with probability `share`: Wilson and Hilferty (1931), the cube root of χ² is nearly normal. */
function chiSquareQuantile(degrees: number, share: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + normalQuantile(share) * Math.sqrt(spread)) ** 3;
}

/** How often an undrifted window may exceed its limit by chance. */
const falseAlarms = 1e-3;

/**
 * The divergence that a window of undrifted inputs exceeds with probability of about 1e-3.
 *
 * With p from n examples and q from m, 2 · KL · n·m/(n+m) is the G statistic (Wilks 1938): nearly χ² with bins − 1 degrees of freedom. Here the
 * window is itself drawn from a pool of about as many examples as the validation set, so that 1/n + 1/m becomes 1/n + 2/m. Over `features`
 * features the largest counts, so each gets its part of the probability (Bonferroni).
 */
export function calibratedLimit(features: number, window: number, validation: number): number {
  const spread = 1 / Math.max(1, window) + 2 / Math.max(1, validation);
  return (chiSquareQuantile(binCount - 1, falseAlarms / Math.max(1, features)) * spread) / 2;
}
