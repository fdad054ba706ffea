// The layout of a row: which u32 word holds which column, shared by engines, detectors and charts.

/** One column: a signal of the whole run (`layer` 0) or of one hidden layer (1 = first). */
export interface Column {
  readonly signal: string;
  readonly layer: number;
}

/**
 * A row is `width` u32 words: the step, presence bits (bit c of word ⌊c / 32⌋ = column c holds a value), then one f32 per column
 * as its bits. *Never evaluated* and *not applicable* are a cleared presence bit, never NaN or 0.
 */
export interface RowLayout {
  readonly columns: readonly Column[];
  readonly presenceWords: number;
  readonly width: number;
  /** Column number of a signal, or −1 where the layout has none. */
  column(signal: string, layer?: number): number;
}

export function rowLayout(columns: readonly Column[]): RowLayout {
  const presenceWords = Math.ceil(columns.length / 32);
  const numbers = new Map(columns.map(({ signal, layer }, index) => [`${signal}.${layer}`, index]));
  return {
    columns,
    presenceWords,
    width: 1 + presenceWords + columns.length,
    column: (signal, layer = 0) => numbers.get(`${signal}.${layer}`) ?? -1,
  };
}

/** Rows packed one after another, read by column number. Views only: nothing is copied. */
export class Rows {
  readonly layout: RowLayout;
  readonly words: Uint32Array;
  readonly #values: Float32Array;

  constructor(layout: RowLayout, words: Uint32Array) {
    this.layout = layout;
    this.words = words;
    this.#values = new Float32Array(words.buffer, words.byteOffset, words.length);
  }

  get count(): number {
    return this.words.length / this.layout.width;
  }

  step(row: number): number {
    return this.words[row * this.layout.width] ?? 0;
  }

  has(row: number, column: number): boolean {
    if (column < 0) return false;
    const word = this.words[row * this.layout.width + 1 + (column >>> 5)] ?? 0;
    return (word & (1 << (column & 31))) !== 0;
  }

  /** The value of a column, or undefined where it is absent. NaN and infinity are values. */
  value(row: number, column: number): number | undefined {
    if (!this.has(row, column)) return undefined;
    return this.#values[row * this.layout.width + 1 + this.layout.presenceWords + column];
  }
}

/** Writes rows of a layout into words that grow by doubling; `take` hands over what was written and starts anew. */
export class RowWriter {
  readonly #layout: RowLayout;
  #words: Uint32Array<ArrayBuffer>;
  #values: Float32Array;
  #count = 0;

  constructor(layout: RowLayout, capacity = 64) {
    this.#layout = layout;
    this.#words = new Uint32Array(layout.width * capacity);
    this.#values = new Float32Array(this.#words.buffer);
  }

  /** Begins the row of `step`; every column is absent until `set`. */
  begin(step: number): void {
    const { width } = this.#layout;
    if ((this.#count + 1) * width > this.#words.length) this.#grow();
    const offset = this.#count * width;
    this.#words.fill(0, offset, offset + width);
    this.#words[offset] = step;
    this.#count++;
  }

  set(column: number, value: number): void {
    if (column < 0) return;
    const { width, presenceWords } = this.#layout;
    const offset = (this.#count - 1) * width + 1;
    this.#values[offset + presenceWords + column] = value;
    const word = offset + (column >>> 5);
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (column & 31));
  }

  take(): Uint32Array<ArrayBuffer> {
    const taken = this.#words.slice(0, this.#count * this.#layout.width);
    this.#count = 0;
    return taken;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#words.length * 2);
    larger.set(this.#words);
    this.#words = larger;
    this.#values = new Float32Array(larger.buffer);
  }
}

/** Rows that came in parts, as one. A single part is handed through, not copied. */
export function joinWords(parts: readonly Uint32Array<ArrayBuffer>[]): Uint32Array<ArrayBuffer> {
  const only = parts[0];
  if (parts.length === 1 && only) return only;
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
