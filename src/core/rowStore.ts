// All rows of a run, bit for bit, in less than half the memory: full blocks are kept column by column, and a column that stands still costs nothing.
import { Rows, type RowLayout } from './layout.ts';
import { PackedColumn } from './packedColumn.ts';

/** Enough rows that what a block costs in itself is nothing, and few enough that packing them takes no longer than a frame. */
const blockRows = 4096;
const firstCapacity = 64;

interface Block {
  /** Step − row, which stays the same while no row is missing. */
  readonly steps: PackedColumn;
  readonly columns: readonly PackedColumn[];
}

/** Rows `0` … `blockRows` − 1 of these. */
function packed(rows: Rows): Block {
  const { width, presenceWords, columns } = rows.layout;
  const bits = new Uint32Array(blockRows);
  const present = new Uint8Array(blockRows).fill(1);
  for (let row = 0; row < blockRows; row++) bits[row] = rows.step(row) - row;
  const steps = new PackedColumn(bits, present);
  return {
    steps,
    columns: columns.map((_, column) => {
      for (let row = 0; row < blockRows; row++) {
        bits[row] = rows.words[row * width + 1 + presenceWords + column] ?? 0;
        present[row] = rows.has(row, column) ? 1 : 0;
      }
      return new PackedColumn(bits, present);
    }),
  };
}

export class RowStore {
  readonly layout: RowLayout;
  #blocks: Block[] = [];
  /** The rows after the last full block, with room for more. */
  #open: Rows;
  #openCount = 0;

  constructor(layout: RowLayout) {
    this.layout = layout;
    this.#open = new Rows(layout, new Uint32Array(firstCapacity * layout.width));
  }

  get count(): number {
    return this.#blocks.length * blockRows + this.#openCount;
  }

  step(row: number): number {
    const block = this.#blocks[Math.floor(row / blockRows)];
    if (!block) return this.#open.step(row % blockRows);
    return (block.steps.bits(row % blockRows) + (row % blockRows)) >>> 0;
  }

  /** The value of a column, or undefined where it is absent. NaN and infinity are values. */
  value(row: number, column: number): number | undefined {
    const block = this.#blocks[Math.floor(row / blockRows)];
    return block ? block.columns[column]?.value(row % blockRows) : this.#open.value(row % blockRows, column);
  }

  /** First row at or after a step: rows are in order, but some may be missing. */
  rowAt(step: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.step(middle) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Appends rows; whoever hands them over may let go of them. */
  append(words: Uint32Array): void {
    const { width } = this.layout;
    for (let from = 0; from < words.length;) {
      const end = Math.min(words.length, from + (blockRows - this.#openCount) * width);
      this.#reserve(this.#openCount + (end - from) / width);
      this.#open.words.set(words.subarray(from, end), this.#openCount * width);
      this.#openCount += (end - from) / width;
      from = end;
      if (this.#openCount === blockRows) this.#close();
    }
  }

  /** Forgets the rows from this one on. */
  cutTo(count: number): void {
    const whole = Math.floor(count / blockRows);
    const rest = this.words(whole * blockRows, count);
    this.#blocks = this.#blocks.slice(0, whole);
    this.#openCount = 0;
    this.append(rest);
  }

  /** Rows `first` … `end` − 1 as they came. */
  words(first = 0, end = this.count): Uint32Array<ArrayBuffer> {
    const { width } = this.layout;
    const words = new Uint32Array(Math.max(0, end - first) * width);
    for (let row = first; row < end; row++) this.#write(row, words, (row - first) * width);
    return words;
  }

  #write(row: number, words: Uint32Array, offset: number): void {
    const { width, presenceWords, columns } = this.layout;
    const [block, at] = [this.#blocks[Math.floor(row / blockRows)], row % blockRows];
    if (!block) {
      words.set(this.#open.words.subarray(at * width, (at + 1) * width), offset);
      return;
    }
    words[offset] = this.step(row);
    for (let column = 0; column < columns.length; column++) {
      const packedColumn = block.columns[column];
      words[offset + 1 + presenceWords + column] = packedColumn?.bits(at) ?? 0;
      const word = offset + 1 + (column >>> 5);
      if (packedColumn?.has(at)) words[word] = (words[word] ?? 0) | (1 << (column & 31));
    }
  }

  #close(): void {
    this.#blocks.push(packed(this.#open));
    this.#openCount = 0;
  }

  #reserve(rows: number): void {
    const { width } = this.layout;
    if (rows * width <= this.#open.words.length) return;
    const words = new Uint32Array(
      Math.min(blockRows, Math.max(rows, (2 * this.#open.words.length) / width)) * width,
    );
    words.set(this.#open.words);
    this.#open = new Rows(this.layout, words);
  }
}
