// The rows of one run: a store that grows, one reactive version, and series decimated for drawing.
import { rowLayout, RowWriter, Rows, type RowLayout } from '../../core/layout.ts';
import type { EvaluationSeries } from '../../core/recovery.ts';
import { LearningWatch } from '../../core/learning.ts';
import { RowStore } from '../../core/rowStore.ts';
import { Buckets, type LineBuckets } from './buckets.ts';
import { derivedNames, follow, type DerivedName, type Follower } from './derived.ts';

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

/** What is derived, as rows of their own. */
const derivedLayout = rowLayout(derivedNames.map((signal) => ({ signal, layer: 0 })));

export class History {
  readonly layout: RowLayout;
  /** Counts up whenever rows arrive: what draws rows reads it. */
  version = $state(0);
  readonly #rows: RowStore;
  readonly #derived = new RowStore(derivedLayout);
  readonly #followers: readonly Follower[];
  readonly #evaluated: number;
  readonly #learning: LearningWatch;
  readonly #buckets = new Buckets();
  #evaluationSteps: number[] = [];
  #evaluationLosses: number[] = [];

  constructor(layout: RowLayout, validateEvery: number, classes: number, inherited?: Uint32Array) {
    this.layout = layout;
    this.#rows = new RowStore(layout);
    this.#followers = derivedNames.map((name) => follow[name](layout, validateEvery));
    this.#evaluated = layout.column('evaluated_at');
    this.#learning = new LearningWatch(classes);
    if (inherited) this.append(inherited);
  }

  get count(): number {
    return this.#rows.count;
  }

  /** Step of the last row, or −1. */
  get lastStep(): number {
    return this.count === 0 ? -1 : this.#rows.step(this.count - 1);
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
    this.#rows.append(words);
    this.#digest(incoming);
    this.version++;
  }

  /** Rows `first` … `end` − 1 as they came. */
  rows(first: number, end: number): Rows {
    return new Rows(this.layout, this.#rows.words(first, Math.min(end, this.count)));
  }

  /** First row at or after a step. */
  rowAt(step: number): number {
    return this.#rows.rowAt(step);
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
    const column = derivedLayout.column(name);
    return {
      value: (row) => this.#derived.value(row, column),
      sparse: name === 'generalization',
      key: name,
    };
  }

  /** The last value at or before a step, at most `back` rows away. */
  latest(reader: Reader, step = this.lastStep, back = 200): number | undefined {
    const last = Math.min(this.count - 1, this.rowAt(step + 1) - 1);
    for (let row = last; row >= Math.max(0, last - back); row--) {
      const value = reader.value(row);
      if (value !== undefined) return value;
      if (!reader.sparse) return undefined;
    }
    return undefined;
  }

  /** Mean of the last `rows` values at or before a step. NaN spreads: it is data. */
  mean(reader: Reader, step = this.lastStep, rows = 5): number | undefined {
    const last = Math.min(this.count, this.rowAt(step + 1));
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
    const begin = Math.floor(this.#rows.step(first) / size) * size;
    const last = Math.floor((this.#rows.step(end - 1) + 1) / size) * size;
    const known = this.#buckets.of(`${reader.key} ${size}`, {
      from: begin,
      to: last,
      count: (last - begin) / size + 1,
    });
    for (let step = begin; step <= last; step += size) {
      for (const row of this.#bucket(reader, known, step, size)) this.#drawRow(drawn, reader, row);
    }
    return drawn;
  }

  /** The rows that stand for the bucket of `size` steps from `step` on. Full buckets never change, so they are looked at once. */
  #bucket(reader: Reader, known: LineBuckets, step: number, size: number): readonly number[] {
    const kept = known.get(step);
    if (kept) return kept;
    const rows = this.#extremes(reader, this.rowAt(step), this.rowAt(step + size));
    if (step + size <= this.lastStep) known.set(step, rows);
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

  #digest(incoming: Rows): void {
    const writer = new RowWriter(derivedLayout, incoming.count);
    for (let row = 0; row < incoming.count; row++) {
      writer.begin(incoming.step(row));
      this.#followers.forEach((follower, column) => {
        const value = follower(incoming, row);
        if (value !== undefined) writer.set(column, value);
      });
      this.#evaluate(incoming, row);
    }
    this.#derived.append(writer.take());
  }

  #evaluate(rows: Rows, row: number): void {
    const step = rows.step(row);
    if (rows.value(row, this.#evaluated) !== step) return;
    this.#evaluationSteps.push(step);
    this.#evaluationLosses.push(rows.value(row, this.layout.column('validation_loss')) ?? NaN);
    this.#learning.see(step, rows.value(row, this.layout.column('validation_accuracy')) ?? NaN);
  }

  #cutFrom(step: number): void {
    const count = this.rowAt(step);
    this.#buckets.clear();
    this.#rows.cutTo(count);
    this.#derived.cutTo(count);
    const kept = this.#evaluationSteps.filter((at) => at < step).length;
    this.#evaluationSteps.length = kept;
    this.#evaluationLosses.length = kept;
  }
}

interface Drawn {
  readonly steps: number[];
  readonly values: (number | null)[];
}
