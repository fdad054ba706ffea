// What users send: an endless stream of examples, drifted as the timeline says.
import { hash, hashStem, normalOf, streams, uniform } from '../core/random.ts';
import type { Production } from '../core/stateFaults.ts';
import { cosine, sine } from '../core/trigonometry.ts';
import { labelScale, type Dataset, type Samples } from './dataset.ts';
import { featureMoments, momentsOf } from './moments.ts';

interface ProductionSamples extends Samples {
  /** As the network sees them. */
  readonly inputs: Float32Array<ArrayBuffer>;
}

/** Draws of one example by number: which example, whether of class 0, and from here on the noise, one per feature. */
export const draw = { example: 0, first: 1, noise: 1 } as const;

/** Which of `production` example `n` of the stream is. A class that there is none of gives way to the others. */
function chooser(dataset: Dataset, seed: number, prior: number): (n: number) => number {
  const { count, labels } = dataset.production;
  const isFirst = (example: number) => (labels[example] ?? 0) < labelScale(dataset).first;
  const place = (n: number, of: number): number => hash(seed, streams.production, n, draw.example) % of;
  if (prior === 0) return (n) => place(n, count);
  const all = Array.from({ length: count }, (_, example) => example);
  const first = all.filter(isFirst);
  const others = all.filter((example) => !isFirst(example));
  return (n) => {
    const wanted = uniform(seed, streams.production, n, draw.first) < prior ? first : others;
    const chosen = wanted.length > 0 ? wanted : all;
    return chosen[place(n, chosen.length)] ?? 0;
  };
}

const quarterTurns = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Cosine and sine of an angle in degrees; quarter turns are exact. */
function turnOf(degrees: number): readonly [cosine: number, sine: number] {
  const quarters = (((degrees / 90) % 4) + 4) % 4;
  const exact = quarterTurns[quarters];
  const angle = (degrees * Math.PI) / 180;
  return exact ?? [cosine(angle), sine(angle)];
}

/** Grey levels of a stored image, and what the network sees of one of them. */
const [levels, greyLevel] = [256, 1 / 255];

/** The nearest grey level of a camera: in finer ones than the validation set has, every change would show in its fractions. */
function recorded(grey: number): number {
  return Math.round(Math.min(1, Math.max(0, grey)) * (levels - 1));
}

/** Standard deviations by the set that they are of. */
const known = new WeakMap<Samples, readonly number[]>();

/** Of each feature, as the network sees it; of an image that over all pixels, for most pixels alone hardly vary. */
function deviationsOf({ production, features, image }: Dataset): readonly number[] {
  const { inputs } = production;
  const spread = () => momentsOf(inputs.length, (k) => (inputs[k] ?? 0) * greyLevel).deviation;
  const found =
    known.get(production) ??
    (image ? [spread()] : featureMoments(production, features).map(({ deviation }) => deviation));
  known.set(production, found);
  return found;
}

/** What a drift does to one example after another. */
export interface Drifting {
  readonly scale: number;
  readonly cosine: number;
  readonly sine: number;
  /** Added to the first feature, or to every pixel. */
  readonly shift: number;
  /** Standard deviation of the noise on each feature, or on every pixel; empty without noise. */
  readonly noise: readonly number[];
  /** What each grey level of an image looks like before noise, with 1 = white, and as the level that is recorded of it; empty without images. */
  readonly greys: Float64Array;
  readonly recorded: Uint8Array;
}

/** Worked out once for all examples. Only points in the plane turn, and images. */
export function driftingOf(dataset: Dataset, to: Production): Drifting {
  const { features, image } = dataset;
  const isUsed = to.noise > 0 || (to.shift !== 0 && !image);
  const deviations = isUsed ? deviationsOf(dataset) : [];
  const [cosine, sine] = features === 2 || image ? turnOf(to.rotate) : [1, 0];
  const shift = image ? to.shift / 10 : to.shift * (deviations[0] ?? 0);
  const noise = to.noise > 0 ? deviations.map((deviation) => to.noise * deviation) : [];
  const greys = Float64Array.from(
    { length: image ? levels : 0 },
    (_, level) => to.scale * level * greyLevel + shift,
  );
  return { scale: to.scale, cosine, sine, shift, noise, greys, recorded: Uint8Array.from(greys, recorded) };
}

/** Writes example `n` of the stream, from this example of `production`, to `into` from `offset` on. */
type Sender = (example: number, n: number, into: Float32Array, offset: number) => void;

/** x′ = turn(scale · x), then shift · σ of the first feature on it, then noise · σ · normal on each; only points in the plane turn. */
function measuresSender({ production, features }: Dataset, seed: number, to: Drifting): Sender {
  const { inputs } = production;
  const { cosine: cos, sine: sin, noise } = to;
  return (example, n, into, offset) => {
    const stem = hashStem(seed, streams.production, n);
    const from = example * features;
    for (let f = 0; f < features; f++) {
      const straight = inputs[from + f] ?? 0;
      // Of two features the other one is 1 − f.
      const turned =
        sin === 0 ? cos * straight : cos * straight + (f === 0 ? -sin : sin) * (inputs[from + 1 - f] ?? 0);
      let value = to.scale * turned;
      if (f === 0 && to.shift !== 0) value += to.shift;
      if (noise.length > 0) value += (noise[f] ?? 0) * normalOf(stem, draw.noise + f);
      into[offset + f] = value;
    }
  };
}

/** For each pixel of an image turned counterclockwise about its centre, the pixel that stands there now; −1 beyond the edge. */
function turnedPixels(height: number, width: number, cos: number, sin: number): Int32Array {
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  return Int32Array.from({ length: height * width }, (_, pixel) => {
    const [right, up] = [(pixel % width) - middleColumn, middleRow - Math.floor(pixel / width)];
    const column = Math.round(middleColumn + cos * right + sin * up);
    const row = Math.round(middleRow - (cos * up - sin * right));
    const isInside = row >= 0 && row < height && column >= 0 && column < width;
    return isInside ? row * width + column : -1;
  });
}

/** Turned by nearest neighbour (black comes in at the corners), then contrast `scale`, brightness `shift` / 10, and noise. */
function imageSender(
  { production }: Dataset,
  { height, width }: { readonly height: number; readonly width: number },
  seed: number,
  to: Drifting,
): Sender {
  const { inputs } = production;
  const sources = turnedPixels(height, width, to.cosine, to.sine);
  const [strength = 0] = to.noise;
  return (example, n, into, offset) => {
    const stem = hashStem(seed, streams.production, n);
    const from = example * sources.length;
    for (let pixel = 0; pixel < sources.length; pixel++) {
      const source = sources[pixel] ?? -1;
      const level = source < 0 ? 0 : (inputs[from + source] ?? 0);
      const seen =
        strength > 0
          ? recorded((to.greys[level] ?? 0) + strength * normalOf(stem, draw.noise + pixel))
          : (to.recorded[level] ?? 0);
      into[offset + pixel] = seen * greyLevel;
    }
  };
}

/**
 * Examples `from` to `from` + `count` − 1 of the stream that users send while production differs as said, with their true labels. Each is drawn
 * from `dataset.production` by its number and the seed alone, so any part of the stream can be asked for, in any order. Deviations are those of
 * `dataset.production` too: of the validation set's distribution, and the same when that set is replaced.
 */
export function productionSamples(
  dataset: Dataset,
  seed: number,
  to: Production,
  from: number,
  count: number,
): ProductionSamples {
  const { production, features, image } = dataset;
  const choose = chooser(dataset, seed, to.prior);
  const drifting = driftingOf(dataset, to);
  const send = image ? imageSender(dataset, image, seed, drifting) : measuresSender(dataset, seed, drifting);
  const inputs = new Float32Array(count * features);
  const labels = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const example = choose(from + k);
    labels[k] = production.labels[example] ?? 0;
    send(example, from + k, inputs, k * features);
  }
  return { count, inputs, labels };
}
