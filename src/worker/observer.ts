// What is known of a run from its rows so far: findings, whether it has learned, and which checkpoints were healthy.
// Rows arrive later than their steps are submitted; what comes of them depends on the rows alone, never on when or how many at a time.
import { joinWords, Rows, type RowLayout } from '../core/layout.ts';
import { LearningWatch } from '../core/learning.ts';
import type { Dataset } from '../data/dataset.ts';
import { divergenceInputs } from '../data/inputShift.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { isAlert } from '../detectors/index.ts';
import { makeMonitor, type Monitor } from '../detectors/monitor.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Course } from './course.ts';

/** What a detector raised or resolved, and where a remedy that rewinds would start from. */
export interface Detected {
  readonly event: DetectorEvent;
  readonly healthyCheckpoint: number;
}

const mostOffered = 12;
/** A fault does not wait longer than this for a network that never learns. */
const learnedAtLatest = 400;

export class Observer {
  readonly #layout: RowLayout;
  readonly #checkpoints: Checkpoints;
  readonly #course: Course;
  readonly #monitor: Monitor;
  readonly #learning: LearningWatch;
  #parts: Uint32Array<ArrayBuffer>[] = [];
  #seen: number;
  /** Checkpoints that the last alerts' remedies would start from. */
  #offered: readonly number[] = [];

  constructor(course: Course, dataset: Dataset, layout: RowLayout, checkpoints: Checkpoints) {
    this.#layout = layout;
    this.#course = course;
    this.#seen = course.begin;
    this.#checkpoints = checkpoints;
    this.#monitor = makeMonitor(course.recipe, layout, {
      settings: (step) => course.settings(step),
      inputs: divergenceInputs(dataset),
    });
    this.#learning = new LearningWatch(dataset.classes);
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
    const detected = this.#parted(words).flatMap((part) => {
      this.settle();
      return this.#push(part).map((event) => this.#judge(event));
    });
    this.#seen = Math.max(this.#seen, upTo);
    this.settle();
    return detected;
  }

  /** Checkpoints up to the last row seen are healthy where nothing is wrong there. */
  settle(): void {
    this.#checkpoints.settle(
      this.#seen,
      !this.#monitor.active.some(isAlert),
      (step) => this.#course.isRewoundTo(step) || this.#offered.includes(step),
    );
  }

  /** All rows of steps below this one, the inherited ones included. */
  rowsBefore(step: number): Uint32Array<ArrayBuffer> {
    const words = joinWords(this.#parts);
    return words.slice(0, firstRowFrom(new Rows(this.#layout, words), step) * this.#layout.width);
  }

  /** Rows in parts that end where a checkpoint waits to be judged by what is active just there. */
  #parted(words: Uint32Array<ArrayBuffer>): readonly Uint32Array<ArrayBuffer>[] {
    const rows = new Rows(this.#layout, words);
    const cuts = this.#checkpoints.waiting.map((step) => firstRowFrom(rows, step));
    const ends = [...new Set([...cuts, rows.count])].filter((end) => end > 0);
    return ends.map((end, index) =>
      words.subarray((ends[index - 1] ?? 0) * this.#layout.width, end * this.#layout.width),
    );
  }

  #push(words: Uint32Array<ArrayBuffer>): readonly DetectorEvent[] {
    const rows = new Rows(this.#layout, words);
    if (rows.count === 0) return [];
    this.#parts.push(words);
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
