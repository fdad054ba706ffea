// A keyed bijection of [0, n): batch order and splits without a stored shuffle.
import { hash, type Stream } from './random.ts';

const rounds = 4;

/**
 * Position `index` of the permutation of [0, n) that `seed`, `stream` and `key` name.
 * A balanced Feistel network over the next even power of two, walking the cycle until the value falls inside [0, n).
 */
export function permuted(index: number, n: number, seed: number, stream: Stream, key: number): number {
  if (n <= 1) return 0;
  const half = Math.max(1, Math.ceil((32 - Math.clz32(n - 1)) / 2));
  const mask = 2 ** half - 1;
  let value = index;
  do {
    let left = value >>> half;
    let right = value & mask;
    for (let round = 0; round < rounds; round++) {
      const mixed = (left ^ hash(seed, stream, key * rounds + round, right)) & mask;
      left = right;
      right = mixed;
    }
    value = ((left << half) | right) >>> 0;
  } while (value >= n);
  return value;
}
