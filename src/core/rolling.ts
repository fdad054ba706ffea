// Rolling statistics over the last values of a series, in constant memory.

/** Mean of the last `size` finite values pushed. Non-finite values are left out: one NaN would silence the mean for good. */
export class RollingMean {
  readonly #values: Float64Array;
  #count = 0;
  #next = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  get count(): number {
    return this.#count;
  }

  /** Summed afresh each time: a running sum would never forget the rounding of a spike of 1e30. NaN when nothing was pushed. */
  get mean(): number {
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += this.#values[k] ?? 0;
    return sum / this.#count;
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#count = Math.min(this.#count + 1, this.#values.length);
  }
}
