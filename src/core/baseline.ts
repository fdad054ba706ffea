// What a noisy series usually is: exponentially weighted mean and deviation that a few wild values hardly move, in constant memory.

/** Wild values count as this many deviations. */
const reach = 3;

/**
 * Winsorised exponential mean and variance (updated as in West 1979): each value is first brought within three deviations of
 * the mean. Until the memory is full all values weigh alike. Non-finite values are left out.
 */
export class Baseline {
  readonly #weight: number;
  readonly #settled: number;
  readonly #floor: number;
  #mean = NaN;
  #variance = 0;
  #count = 0;

  /**
   * @param memory steps after which a value counts about a third
   * @param settled values from which on wild ones are cut
   * @param floor least deviation
   */
  constructor(memory: number, settled: number, floor: number) {
    this.#weight = 1 / memory;
    this.#settled = settled;
    this.#floor = floor;
  }

  get isSettled(): boolean {
    return this.#count >= this.#settled;
  }

  /** NaN before the first value. */
  get mean(): number {
    return this.#mean;
  }

  get deviation(): number {
    return Math.max(this.#floor, Math.sqrt(this.#variance));
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.#count === 0) this.#mean = value;
    const weight = Math.max(this.#weight, 1 / (this.#count + 1));
    const bound = this.isSettled ? reach * this.deviation : Infinity;
    const difference = Math.max(-bound, Math.min(bound, value - this.#mean));
    this.#mean += weight * difference;
    const square = difference * difference;
    if (Number.isFinite(square)) this.#variance += weight * (square - this.#variance);
    this.#count++;
  }
}
