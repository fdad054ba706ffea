// What is known of a run from its rows so far: findings, whether it has learned, and which checkpoints were healthy.
// Rows arrive later than their steps are submitted; what comes of them depends on the rows alone, never on when or how many at a time.
import { Rows, type RowLayout } from '../core/layout.ts';
import { LearningWatch } from '../core/learning.ts';
import { RowStore } from '../core/rowStore.ts';
import { chanceOf, type Dataset } from '../data/dataset.ts';
import { divergenceInputs } from '../data/inputShift.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { isAlert } from '../detectors/index.ts';
import { makeMonitor, type Monitor } from '../detectors/monitor.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Course } from './course.ts';
import type { Detected } from './protocol.ts';

const mostOffered = 12;
/** A fault does not wait longer than this for a network that never learns. */
const learnedAtLatest = 400;

export class Observer {
  readonly #layout: RowLayout;
  readonly #checkpoints: Checkpoints;
  readonly #course: Course;
  readonly #inputs: number;
  #monitor: Monitor;
  readonly #learning: LearningWatch;
  /** Every row, the inherited ones included: forks and other thresholds ask for them. */
  readonly #rows: RowStore;
  #seen: number;
  /** Checkpoints that the last alerts' remedies would start from. */
  #offered: readonly number[] = [];

  constructor(course: Course, dataset: Dataset, layout: RowLayout, checkpoints: Checkpoints) {
    this.#layout = layout;
    this.#rows = new RowStore(layout);
    this.#course = course;
    this.#seen = course.begin;
    this.#checkpoints = checkpoints;
    this.#inputs = divergenceInputs(dataset);
    this.#monitor = this.#startMonitor();
    this.#learning = new LearningWatch(chanceOf(dataset));
  }

  /** Step up to which rows were handed over. */
  get seen(): number {
    return this.#seen;
  }

  get active(): readonly Finding[] {
    return this.#monitor.active;
  }

  /** It has learned, or has had time enough. */
  get learned(): boolean {
    return this.#learning.at !== undefined || this.#seen >= learnedAtLatest;
  }

  /** The parent's rows: what came of them is known to whoever hands them over. */
  inherit(words: Uint32Array<ArrayBuffer>): void {
    this.#push(words);
  }

  /**
   * Looks at the rows that have arrived.
   * @param upTo step up to which all rows that will ever come are here
   */
  take(words: Uint32Array<ArrayBuffer>, upTo = 0): readonly Detected[] {
    const detected = this.#parted(words, this.#checkpoints.waiting).flatMap((part) => {
      this.settle();
      return this.#push(part).map((event) => this.#judge(event));
    });
    this.#seen = Math.max(this.#seen, upTo);
    this.settle();
    return detected;
  }

  /**
   * Looks at all rows again, the inherited ones included, by the thresholds that the recipe has now: what is detected, and which checkpoints
   * are healthy, is as if it had had them from the start.
   */
  judgeAgain(): readonly Detected[] {
    [this.#monitor, this.#offered] = [this.#startMonitor(), []];
    let from = 0;
    return this.#parted(this.#rows.words(), this.#checkpoints.steps).flatMap((part) => {
      const rows = new Rows(this.#layout, part);
      const detected = this.#monitor.push(rows).map((event) => this.#judge(event));
      const seen = rows.step(rows.count - 1) + 1;
      this.#checkpoints.settleAgain(from, seen, this.#isHealthy);
      from = seen;
      return detected;
    });
  }

  /** Checkpoints up to the last row seen are healthy where nothing is wrong there. */
  settle(): void {
    this.#checkpoints.settle(
      this.#seen,
      this.#isHealthy,
      (step) => this.#course.isRewoundTo(step) || this.#offered.includes(step),
    );
  }

  /** All rows of steps below this one, the inherited ones included. */
  rowsBefore(step: number): Uint32Array<ArrayBuffer> {
    return this.#rows.words(0, this.#rows.rowAt(step));
  }

  get #isHealthy(): boolean {
    return !this.#monitor.active.some(isAlert);
  }

  #startMonitor(): Monitor {
    return makeMonitor(this.#course.recipe, this.#layout, {
      settings: (step) => this.#course.settings(step),
      inputs: this.#inputs,
    });
  }

  /** Rows in parts that end where a checkpoint is to be judged by what is active just there. */
  #parted(
    words: Uint32Array<ArrayBuffer>,
    checkpoints: readonly number[],
  ): readonly Uint32Array<ArrayBuffer>[] {
    const rows = new Rows(this.#layout, words);
    const cuts = checkpoints.map((step) => firstRowFrom(rows, step));
    const ends = [...new Set([...cuts, rows.count])].filter((end) => end > 0);
    return ends.map((end, index) =>
      words.subarray((ends[index - 1] ?? 0) * this.#layout.width, end * this.#layout.width),
    );
  }

  #push(words: Uint32Array<ArrayBuffer>): readonly DetectorEvent[] {
    const rows = new Rows(this.#layout, words);
    if (rows.count === 0) return [];
    this.#rows.append(words);
    this.#seen = Math.max(this.#seen, rows.step(rows.count - 1) + 1);
    this.#followLearning(rows);
    return this.#monitor.push(rows);
  }

  #followLearning(rows: Rows): void {
    const evaluated = this.#layout.column('evaluated_at');
    const accuracy = this.#layout.column('validation_accuracy');
    for (let row = 0; row < rows.count && this.#learning.at === undefined; row++) {
      const step = rows.step(row);
      if (rows.value(row, evaluated) === step) this.#learning.see(step, rows.value(row, accuracy) ?? NaN);
    }
  }

  #judge(event: DetectorEvent): Detected {
    if (event.kind === 'resolved') return { event, healthyCheckpoint: 0 };
    const { onset } = event.finding;
    if (isAlert(event.finding)) this.#checkpoints.markUnhealthy(onset);
    const healthyCheckpoint = this.#checkpoints.healthyBefore(onset);
    this.#offered = [...this.#offered, healthyCheckpoint].slice(-mostOffered);
    return { event, healthyCheckpoint };
  }
}

/** Number of rows below a step; rows are in order, but some may be missing. */
function firstRowFrom(rows: Rows, step: number): number {
  let row = Math.min(rows.count, Math.max(0, step - rows.step(0)));
  while (row > 0 && rows.step(row - 1) >= step) row--;
  return row;
}
