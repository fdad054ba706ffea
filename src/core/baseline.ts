// What a noisy series usually is: exponentially weighted mean and deviation that a few wild values hardly move, in constant memory.

/** Wild values count as this many deviations. */
const reach = 3;

/**
 * Winsorised exponential mean: each value is first brought within three standard deviations of it (both updated as in West 1979), and the
 * mean follows a series that leaves for good, for then its deviation grows. What is told as deviation is half the mean square of
 * successive differences (von Neumann 1941): a series that falls steadily is not noisy. Until the memory is full all values weigh alike.
 * Non-finite values are left out.
 */
export class Baseline {
  readonly #weight: number;
  readonly #settled: number;
  readonly #floor: number;
  #mean = NaN;
  /** About the mean, and from one value to the next. */
  #variance = 0;
  #noise = 0;
  #last = NaN;
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
    return Math.max(this.#floor, Math.sqrt(this.#noise));
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.#count === 0) this.#mean = this.#last = value;
    const weight = Math.max(this.#weight, 1 / (this.#count + 1));
    const bound = this.isSettled ? reach * Math.max(this.#floor, Math.sqrt(this.#variance)) : Infinity;
    const difference = Math.max(-bound, Math.min(bound, value - this.#mean));
    const used = this.#mean + difference;
    const averaged = (before: number, square: number): number =>
      Number.isFinite(square) ? before + weight * (square - before) : before;
    this.#variance = averaged(this.#variance, difference ** 2);
    this.#noise = averaged(this.#noise, (used - this.#last) ** 2 / 2);
    this.#mean += weight * difference;
    this.#last = used;
    this.#count++;
  }
}
