// Mean and standard deviation of a set's inputs.
import { inputScale, type Samples } from './dataset.ts';

export interface Moments {
  readonly mean: number;
  /** Of the whole population: divided by the count. */
  readonly deviation: number;
}

/** Of `count` numbers, in two passes: mean first, so that large values lose no digits. */
export function momentsOf(count: number, value: (k: number) => number): Moments {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += value(k);
  const mean = sum / Math.max(1, count);
  let squares = 0;
  for (let k = 0; k < count; k++) squares += (value(k) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, count)) };
}

/** Of each feature, as the network sees it. */
export function featureMoments(samples: Samples, features: number): readonly Moments[] {
  const scale = inputScale(samples);
  return Array.from({ length: features }, (_, feature) =>
    momentsOf(samples.count, (k) => (samples.inputs[k * features + feature] ?? 0) * scale),
  );
}
