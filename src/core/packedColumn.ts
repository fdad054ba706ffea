// One column of many rows: a value that stays, or comes back, is kept once where that is smaller. Bit for bit: a NaN stays the NaN that it was.

/** Bytes of a value that is kept: its bits, and whether it is there. */
const valueBytes = 4 + 1;
const mostCodes = 256;

/** Which of the values kept a row has. */
type Places =
  /** The last that begins at or before it: first rows, ascending. */
  | { readonly kind: 'runs'; readonly starts: Uint16Array }
  /** The one of this number. */
  | { readonly kind: 'codes'; readonly codes: Uint8Array }
  /** Its own. */
  | { readonly kind: 'each' };

export class PackedColumn {
  readonly #places: Places;
  /** The values kept: the same memory read as bits and as values. */
  readonly #bits: Uint32Array;
  readonly #values: Float32Array;
  /** Of each, or of all. */
  readonly #present: Uint8Array | boolean;

  /**
   * @param bits of the values, one per row; at most 65,536
   * @param present 1 = the row has the value
   */
  constructor(bits: Uint32Array, present: Uint8Array) {
    const [places, rows] = placesOf(bits, present);
    this.#places = places;
    this.#bits = rows ? Uint32Array.from(rows, (row) => bits[row] ?? 0) : bits.slice();
    this.#values = new Float32Array(this.#bits.buffer);
    const known = rows ? Uint8Array.from(rows, (row) => present[row] ?? 0) : present.slice();
    this.#present = known.every((each) => each === known[0]) ? known[0] === 1 : known;
  }

  has(row: number): boolean {
    return this.#hasAt(this.#place(row));
  }

  /** Also where the value is absent. */
  bits(row: number): number {
    return this.#bits[this.#place(row)] ?? 0;
  }

  /** Undefined = absent. */
  value(row: number): number | undefined {
    const place = this.#place(row);
    return this.#hasAt(place) ? this.#values[place] : undefined;
  }

  #hasAt(place: number): boolean {
    return typeof this.#present === 'boolean' ? this.#present : this.#present[place] === 1;
  }

  #place(row: number): number {
    const places = this.#places;
    if (places.kind === 'each') return row;
    return places.kind === 'codes' ? (places.codes[row] ?? 0) : lastStart(places.starts, row);
  }
}

/** The last run that begins at or before a row. */
function lastStart(starts: Uint16Array, row: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** The smallest way to keep a column, and the rows whose values are kept; none = all. */
function placesOf(bits: Uint32Array, present: Uint8Array): readonly [Places, readonly number[] | undefined] {
  const starts: number[] = [];
  const codes = new Uint8Array(bits.length);
  /** First rows of distinct values, by their bits and whether they are there. */
  const distinct = new Map<number, number>();
  const rows: number[] = [];
  for (let row = 0; row < bits.length; row++) {
    if (row === 0 || bits[row] !== bits[row - 1] || present[row] !== present[row - 1]) starts.push(row);
    if (rows.length > mostCodes) continue;
    const key = (bits[row] ?? 0) * 2 + (present[row] ?? 0);
    const code = distinct.get(key) ?? rows.length;
    if (code === rows.length) {
      distinct.set(key, code);
      rows.push(row);
    }
    codes[row] = code;
  }
  const asRuns = starts.length * (valueBytes + 2);
  const asCodes = rows.length > mostCodes ? Infinity : rows.length * valueBytes + bits.length;
  if (Math.min(asRuns, asCodes) >= bits.byteLength) return [{ kind: 'each' }, undefined];
  if (asRuns <= asCodes) return [{ kind: 'runs', starts: Uint16Array.from(starts) }, starts];
  return [{ kind: 'codes', codes }, rows];
}
