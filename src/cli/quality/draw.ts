// The choices of one trial, drawn from its seed and number alone: the same trial has the same recipe wherever and whenever it is made.
import { hash, streams, uniform } from '../../core/random.ts';

/** Apart from what a recipe itself draws in this stream. */
const firstKey = 0x40000000;

export class Draw {
  readonly seed: number;
  readonly #key: number;
  #drawn = 0;

  /** @param number of the trial among those of its group; a group is named by `salt` */
  constructor(seed: number, salt: string, number: number) {
    this.seed = seed;
    let named = 7;
    for (let k = 0; k < salt.length; k++) named = Math.imul(named, 31) + salt.charCodeAt(k);
    this.#key = (firstKey + (hash(named >>> 0, streams.fault, number) >>> 2)) >>> 0;
  }

  /** Uniform in [0, 1). */
  share(): number {
    return uniform(this.seed, streams.fault, this.#key, this.#drawn++);
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.share() * list.length)] ?? list[0];
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.share() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }
}
