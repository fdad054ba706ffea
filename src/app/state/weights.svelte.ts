// The course of single weights: a bounded number of samples of each, spread over the time in which they were watched.
import type { ParameterHistory } from '../../worker/protocol.ts';

/** Samples of each weight. When they are full, every other one goes, and new ones come half as often. */
export const mostSamples = 64;

export class Weights {
  /** Grows with every message; −1 = none yet. */
  version = $state(-1);
  /** Weights that are followed, and that the network has. */
  count = $state(0);
  total = $state(0);
  #steps: number[] = [];
  /** `mostSamples` of each weight, one weight after another. */
  #values = new Float32Array(0);
  #latest = new Float32Array(0);
  #latestStep = -1;
  /** Steps between two samples. */
  #spacing = 1;

  take({
    steps,
    values,
    count,
    total,
  }: Pick<ParameterHistory, 'steps' | 'values' | 'count' | 'total'>): void {
    if (count !== this.count || total !== this.total) this.#clear(count, total);
    steps.forEach((step, index) => this.#see(step, values.subarray(index * count, (index + 1) * count)));
    this.version++;
  }

  /** Steps of the samples; the last is the newest one. */
  get steps(): readonly number[] {
    return this.#steps.at(-1) === this.#latestStep || this.#latestStep < 0
      ? this.#steps
      : [...this.#steps, this.#latestStep];
  }

  /** Value of a weight at each of `steps`. */
  of(weight: number): Float32Array {
    const kept = this.#values.subarray(weight * mostSamples, weight * mostSamples + this.#steps.length);
    if (this.steps.length === kept.length) return kept;
    const values = new Float32Array(kept.length + 1);
    values.set(kept);
    values[kept.length] = this.latest(weight);
    return values;
  }

  latest(weight: number): number {
    return this.#latest[weight] ?? NaN;
  }

  #clear(count: number, total: number): void {
    [this.count, this.total] = [count, total];
    this.#steps = [];
    this.#values = new Float32Array(count * mostSamples);
    this.#latest = new Float32Array(count);
    this.#latestStep = -1;
    this.#spacing = 1;
  }

  #see(step: number, values: Float32Array): void {
    this.#latest.set(values);
    this.#latestStep = step;
    const last = this.#steps.at(-1);
    if (last !== undefined && step - last < this.#spacing) return;
    if (this.#steps.length === mostSamples) this.#thin();
    const place = this.#steps.push(step) - 1;
    for (let weight = 0; weight < this.count; weight++)
      this.#values[weight * mostSamples + place] = values[weight] ?? NaN;
  }

  /** Keeps every other sample, the first among them. */
  #thin(): void {
    this.#spacing *= 2;
    this.#steps = this.#steps.filter((_, index) => index % 2 === 0);
    const samples = this.#steps.length;
    for (let weight = 0; weight < this.count; weight++) {
      const from = weight * mostSamples;
      for (let index = 0; index < samples; index++)
        this.#values[from + index] = this.#values[from + 2 * index] ?? NaN;
    }
  }
}
