// The rows of one run: packed words that grow, one reactive version, and series decimated for drawing.
import { Rows, type RowLayout } from '../../core/layout.ts';
import type { EvaluationSeries } from '../../core/recovery.ts';
import { follow, type DerivedName, type Follower } from './derived.ts';
import { LearningWatch } from '../../core/learning.ts';

export interface Series {
  readonly steps: readonly number[];
  /** null = absent; NaN and infinity are values. */
  readonly values: readonly (number | null)[];
}

/** One value of each row; undefined = absent. */
export interface Reader {
  value(row: number): number | undefined;
  /** Absent between its values by nature (evaluated every n steps): no gap is drawn there. */
  readonly sparse: boolean;
  /** What it reads, as a name. */
  readonly key: string;
}

interface Growing {
  readonly follower: Follower;
  values: Float64Array;
  present: Uint8Array;
}

const firstCapacity = 1024;

export class History {
  readonly layout: RowLayout;
  /** Counts up whenever rows arrive: what draws rows reads it. */
  version = $state(0);
  #words: Uint32Array;
  #rows: Rows;
  #count = 0;
  readonly #derived: Readonly<Record<DerivedName, Growing>>;
  readonly #evaluated: number;
  readonly #learning: LearningWatch;
  /** By reader and size: the rows that stand for each full bucket. */
  #buckets: Record<string, (readonly number[])[]> = {};
  #evaluationSteps: number[] = [];
  #evaluationLosses: number[] = [];

  constructor(layout: RowLayout, validateEvery: number, classes: number, inherited?: Uint32Array) {
    this.layout = layout;
    this.#words = new Uint32Array(layout.width * firstCapacity);
    this.#rows = new Rows(layout, this.#words);
    this.#evaluated = layout.column('evaluated_at');
    this.#learning = new LearningWatch(classes);
    const growing = (follower: Follower): Growing => ({
      follower,
      values: new Float64Array(firstCapacity),
      present: new Uint8Array(firstCapacity),
    });
    this.#derived = {
      gradient_share: growing(follow.gradient_share(layout, validateEvery)),
      generalization: growing(follow.generalization(layout, validateEvery)),
    };
    if (inherited) this.append(inherited);
  }

  get count(): number {
    return this.#count;
  }

  /** Step of the last row, or −1. */
  get lastStep(): number {
    return this.#count === 0 ? -1 : this.#rows.step(this.#count - 1);
  }

  /** Step at which accuracy had stopped climbing, once it has. */
  get learnedAt(): number | undefined {
    return this.#learning.at;
  }

  /** Appends packed rows. Rows of steps that are here already replace them (a run that rewound itself while it was replayed). */
  append(words: Uint32Array): void {
    const incoming = new Rows(this.layout, words);
    if (incoming.count === 0) return;
    if (incoming.step(0) <= this.lastStep) this.#cutFrom(incoming.step(0));
    this.#reserve(this.#count + incoming.count);
    this.#words.set(words, this.#count * this.layout.width);
    for (let row = this.#count; row < this.#count + incoming.count; row++) this.#digest(row);
    this.#count += incoming.count;
    this.version++;
  }

  /** Rows `first` … `end` − 1 as they are packed. A view: of use until rows arrive. */
  rows(first: number, end: number): Rows {
    const { width } = this.layout;
    return new Rows(this.layout, this.#words.subarray(first * width, Math.min(end, this.#count) * width));
  }

  /** First row at or after a step. */
  rowAt(step: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows.step(middle) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A column of the rows. */
  column(signal: string, layer = 0): Reader {
    const column = this.layout.column(signal, layer);
    return { value: (row) => this.#rows.value(row, column), sparse: false, key: String(column) };
  }

  /** A validation column at the steps where it was computed; in other rows it only repeats. */
  evaluated(signal: string): Reader {
    const column = this.layout.column(signal);
    return {
      value: (row) => (this.#isEvaluation(row) ? this.#rows.value(row, column) : undefined),
      sparse: true,
      key: `evaluated ${column}`,
    };
  }

  derived(name: DerivedName): Reader {
    const growing = this.#derived[name];
    return {
      value: (row) => (growing.present[row] === 1 ? growing.values[row] : undefined),
      sparse: name === 'generalization',
      key: name,
    };
  }

  /** The last value at or before a step, at most `back` rows away. */
  latest(reader: Reader, step = this.lastStep, back = 200): number | undefined {
    const last = Math.min(this.#count - 1, this.rowAt(step + 1) - 1);
    for (let row = last; row >= Math.max(0, last - back); row--) {
      const value = reader.value(row);
      if (value !== undefined) return value;
      if (!reader.sparse) return undefined;
    }
    return undefined;
  }

  /** Mean of the last `rows` values at or before a step. NaN spreads: it is data. */
  mean(reader: Reader, step = this.lastStep, rows = 5): number | undefined {
    const last = Math.min(this.#count, this.rowAt(step + 1));
    let sum = 0;
    let seen = 0;
    for (let row = Math.max(0, last - rows); row < last; row++) {
      const value = reader.value(row);
      if (value === undefined) continue;
      sum += value;
      seen++;
    }
    return seen === 0 ? undefined : sum / seen;
  }

  /** Smallest value in a range of steps; NaN counts as smaller than any. */
  lowest(reader: Reader, from: number, to: number): number | undefined {
    return this.#extreme(reader, from, to, (value, best) => value < best);
  }

  /** Largest value in a range of steps; NaN counts as larger than any. */
  highest(reader: Reader, from: number, to: number): number | undefined {
    return this.#extreme(reader, from, to, (value, best) => value > best);
  }

  /** Validation losses at their steps, for “steps lost”. */
  evaluations(): EvaluationSeries {
    return { steps: this.#evaluationSteps, losses: this.#evaluationLosses };
  }

  /**
   * Values from step `from` to `to`, about `maxPoints` of them: of each bucket of steps the smallest and the largest in their order,
   * and NaN where there was one. Buckets lie at multiples of a power of two, so that a moving window does not shimmer.
   */
  series(reader: Reader, from: number, to: number, maxPoints: number): Series {
    const [first, end] = [this.rowAt(from), this.rowAt(to + 1)];
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, (2 * (end - first)) / maxPoints)));
    const drawn: Drawn = { steps: [], values: [] };
    if (size < 2) {
      for (let row = first; row < end; row++) this.#drawRow(drawn, reader, row);
      return drawn;
    }
    const last = Math.floor((this.#rows.step(end - 1) + 1) / size) * size;
    for (let step = Math.floor(this.#rows.step(first) / size) * size; step <= last; step += size) {
      for (const row of this.#bucket(reader, step, size)) this.#drawRow(drawn, reader, row);
    }
    return drawn;
  }

  /** The rows that stand for the bucket of `size` steps from `step` on. Full buckets never change, so they are looked at once. */
  #bucket(reader: Reader, step: number, size: number): readonly number[] {
    const name = `${reader.key} ${size}`;
    const known = (this.#buckets[name] ??= []);
    const index = step / size;
    const kept = known[index];
    if (kept) return kept;
    const rows = this.#extremes(reader, this.rowAt(step), this.rowAt(step + size));
    if (step + size <= this.lastStep) known[index] = rows;
    return rows;
  }

  /** The rows of the smallest value, the largest and the first NaN, in order; one row where all are absent. */
  #extremes(reader: Reader, first: number, end: number): readonly number[] {
    let [low, high, nan] = [-1, -1, -1];
    let [lowest, highest] = [Infinity, -Infinity];
    for (let row = first; row < end; row++) {
      const value = reader.value(row);
      if (value === undefined) continue;
      if (Number.isNaN(value)) {
        nan = nan < 0 ? row : nan;
        continue;
      }
      if (low < 0 || value < lowest) [low, lowest] = [row, value];
      if (high < 0 || value > highest) [high, highest] = [row, value];
    }
    const found = [low, high, nan].filter((row, index, all) => row >= 0 && all.indexOf(row) === index);
    if (found.length === 0) return first < end ? [first] : [];
    return found.sort((a, b) => a - b);
  }

  #extreme(reader: Reader, from: number, to: number, beats: (value: number, best: number) => boolean) {
    let best: number | undefined;
    for (let row = this.rowAt(from); row < this.rowAt(to + 1); row++) {
      const value = reader.value(row);
      if (value === undefined) continue;
      if (Number.isNaN(value)) return NaN;
      if (best === undefined || beats(value, best)) best = value;
    }
    return best;
  }

  #drawRow(drawn: Drawn, reader: Reader, row: number): void {
    const value = reader.value(row);
    if (value === undefined && (reader.sparse || drawn.values.at(-1) === null)) return;
    drawn.steps.push(this.#rows.step(row));
    drawn.values.push(value ?? null);
  }

  #isEvaluation(row: number): boolean {
    return this.#rows.value(row, this.#evaluated) === this.#rows.step(row);
  }

  #digest(row: number): void {
    for (const growing of Object.values(this.#derived)) {
      const value = growing.follower(this.#rows, row);
      growing.present[row] = value === undefined ? 0 : 1;
      growing.values[row] = value ?? 0;
    }
    if (!this.#isEvaluation(row)) return;
    const step = this.#rows.step(row);
    this.#evaluationSteps.push(step);
    this.#evaluationLosses.push(this.#rows.value(row, this.layout.column('validation_loss')) ?? NaN);
    this.#learning.see(step, this.#rows.value(row, this.layout.column('validation_accuracy')) ?? NaN);
  }

  #cutFrom(step: number): void {
    this.#buckets = {};
    this.#count = this.rowAt(step);
    const kept = this.#evaluationSteps.filter((at) => at < step).length;
    this.#evaluationSteps.length = kept;
    this.#evaluationLosses.length = kept;
  }

  #reserve(rows: number): void {
    const { width } = this.layout;
    if (rows * width <= this.#words.length) return;
    const capacity = Math.max(rows, (2 * this.#words.length) / width);
    const words = new Uint32Array(capacity * width);
    words.set(this.#words);
    this.#words = words;
    this.#rows = new Rows(this.layout, words);
    for (const growing of Object.values(this.#derived)) {
      const [values, present] = [new Float64Array(capacity), new Uint8Array(capacity)];
      values.set(growing.values);
      present.set(growing.present);
      Object.assign(growing, { values, present });
    }
  }
}

interface Drawn {
  readonly steps: number[];
  readonly values: (number | null)[];
}
