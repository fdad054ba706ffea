// Mean and standard deviation over the last values of a series, in constant memory.

/** Mean and deviation of the last `size` finite values pushed; the others are left out, as by `RollingMean`. */
export class RollingSpread {
  readonly #values: Float64Array;
  #count = 0;
  #next = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  get count(): number {
    return this.#count;
  }

  /** Summed as differences from one of the values: of equal ones the mean is that value exactly. NaN when nothing was pushed. */
  get mean(): number {
    const origin = this.#values[0] ?? NaN;
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += (this.#values[k] ?? 0) - origin;
    return origin + sum / this.#count;
  }

  /** Of the sample: n − 1 under the root. NaN below two values, exactly 0 for equal ones. */
  get deviation(): number {
    if (this.#count < 2) return NaN;
    const mean = this.mean;
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += ((this.#values[k] ?? 0) - mean) ** 2;
    return Math.sqrt(sum / (this.#count - 1));
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#count = Math.min(this.#count + 1, this.#values.length);
  }
}
