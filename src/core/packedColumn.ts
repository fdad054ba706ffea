// One column of many rows: a run of equal values is kept once where that is smaller. Bit for bit: a NaN stays the NaN that it was.

/** Bytes of a run: where it begins, its value, and whether it is there. */
const runBytes = 2 + 4 + 1;

export class PackedColumn {
  /** First row of each run, ascending; undefined = each row is a run of its own. */
  readonly #starts: Uint16Array | undefined;
  /** One per run: the same memory read as bits and as values. */
  readonly #bits: Uint32Array;
  readonly #values: Float32Array;
  /** Of each run, or of all. */
  readonly #present: Uint8Array | boolean;

  /**
   * @param bits of the values, one per row; at most 65,536
   * @param present 1 = the row has the value
   */
  constructor(bits: Uint32Array, present: Uint8Array) {
    const starts = runStarts(bits, present);
    const isPacked = starts.length * runBytes < bits.byteLength;
    this.#starts = isPacked ? Uint16Array.from(starts) : undefined;
    const kept = isPacked ? Uint32Array.from(starts, (row) => bits[row] ?? 0) : bits.slice();
    this.#bits = kept;
    this.#values = new Float32Array(kept.buffer);
    const known = isPacked ? Uint8Array.from(starts, (row) => present[row] ?? 0) : present.slice();
    this.#present = known.every((each) => each === known[0]) ? known[0] === 1 : known;
  }

  has(row: number): boolean {
    return this.#hasRun(this.#run(row));
  }

  /** Also where the value is absent. */
  bits(row: number): number {
    return this.#bits[this.#run(row)] ?? 0;
  }

  /** Undefined = absent. */
  value(row: number): number | undefined {
    const run = this.#run(row);
    return this.#hasRun(run) ? this.#values[run] : undefined;
  }

  #hasRun(run: number): boolean {
    return typeof this.#present === 'boolean' ? this.#present : this.#present[run] === 1;
  }

  /** The last run that begins at or before a row. */
  #run(row: number): number {
    const starts = this.#starts;
    if (!starts) return row;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= row) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Rows that differ from the one before, the first included. */
function runStarts(bits: Uint32Array, present: Uint8Array): readonly number[] {
  const starts: number[] = [];
  for (let row = 0; row < bits.length; row++) {
    if (row === 0 || bits[row] !== bits[row - 1] || present[row] !== present[row - 1]) starts.push(row);
  }
  return starts;
}
