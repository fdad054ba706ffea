// Counter-based randomness: the same integers in JavaScript and WGSL, with no state to carry.

/** Named streams of one recipe's seed. The numbers are part of every link: never reuse or renumber them. */
export const streams = {
  weights: 1,
  data: 2,
  split: 3,
  order: 4,
  dropout: 5,
  production: 6,
  fault: 7,
  mislabel: 8,
  reinitialise: 9,
  /** Belongs to no recipe: when an export is tried again. */
  backOff: 10,
  /** Belongs to no recipe: what a lesson asks, and what the day’s run is. */
  teaching: 11,
} as const;

export type Stream = (typeof streams)[keyof typeof streams];

/** One round of Wellons' "lowbias32" integer mixer over `state ^ word`; both and the result are u32. */
function mix(state: number, word: number): number {
  let h = (state ^ word) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What all hashes of one seed, stream and `a` begin with: where many differ in `b` alone, three rounds of four are done once. */
export function hashStem(seed: number, stream: Stream, a: number): number {
  return mix(mix(mix(0x9e3779b9, seed), stream), a);
}

/** `hashOf(hashStem(seed, stream, a), b)` is `hash(seed, stream, a, b)`. */
export function hashOf(stem: number, b: number): number {
  return mix(stem, b);
}

/** A u32 that depends on every argument; equal arguments give equal bits on every machine. */
export function hash(seed: number, stream: Stream, a: number, b = 0): number {
  return hashOf(hashStem(seed, stream, a), b);
}

/** Uniform in [0, 1) on a grid of 2⁻²⁴, so that it is exact in f32. */
export function uniform(seed: number, stream: Stream, a: number, b = 0): number {
  return (hash(seed, stream, a, b) >>> 8) / 0x1000000;
}

/**
 * Standard normal by the sum of twelve uniforms (Irwin–Hall): mean 0, variance 1, |value| ≤ 6.
 * Only additions, so that every machine draws the same points; Box–Muller would depend on the platform's logarithm.
 */
export function normal(seed: number, stream: Stream, a: number, b = 0): number {
  return normalOf(hashStem(seed, stream, a), b);
}

/** `normalOf(hashStem(seed, stream, a), b)` is `normal(seed, stream, a, b)`. */
export function normalOf(stem: number, b: number): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += (hashOf(stem, b * 12 + k) >>> 8) / 0x1000000;
  return sum;
}
