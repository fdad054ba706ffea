// One run: a program advanced through its timeline, with checkpoints and detectors. Knows no clock, no thread and no page.
// Nothing here waits for a device step by step: rows and findings come some steps late, except where their order matters.
import { Rows, type RowLayout } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import type { Change } from '../core/change.ts';
import { generationEntries, generationStart, type Intervention } from '../core/timeline.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Finding } from '../detectors/detector.ts';
import { emittedRows } from '../detectors/monitor.ts';
import { redrawn } from '../engine/reinitialise.ts';
import { keepNow, type Checkpoint, type DetailLevel, type Engine, type Program } from '../engine/engine.ts';
import { Gathered, type Advance, type Fork } from './advance.ts';
import { Checkpoints } from './checkpoints.ts';
import { Compiled } from './compiled.ts';
import { Course } from './course.ts';
import { Observer } from './observer.ts';
import type { Detected, ForkEntry, Inheritance } from './protocol.ts';

export type { Advance, Fork } from './advance.ts';

/** What a run needs to begin. */
export interface TrainingRequest {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly generation: number;
  readonly dataset: Dataset;
  readonly inheritance?: Inheritance | undefined;
}

/** Takes what a step at a telemetry level above the core leaves behind; the next step waits for it. */
export type DetailSink = (program: Program, settings: Settings, level: DetailLevel) => Promise<void>;

export class Training {
  readonly dataset: Dataset;
  readonly #course: Course;
  readonly #checkpoints = new Checkpoints();
  readonly #observer: Observer;
  readonly #gathered = new Gathered();
  readonly #compiled: Compiled;
  #detailSink: DetailSink | undefined;

  private constructor(dataset: Dataset, course: Course, compiled: Compiled) {
    this.dataset = dataset;
    this.#course = course;
    this.#compiled = compiled;
    this.#observer = new Observer(course, dataset, compiled.program.layout, this.#checkpoints);
  }

  /** Compiles and, for a fork, takes over the parent's state and rows; without an inheritance the parents are replayed first. */
  static async start(request: TrainingRequest): Promise<Training> {
    const { engine, recipe, generation, dataset } = request;
    const inheritance = request.inheritance ?? (generation > 0 ? await inherit(request) : undefined);
    const course = new Course(recipe, generation);
    const compiled = await Compiled.start(engine, course, dataset, inheritance?.step);
    const training = new Training(dataset, course, compiled);
    if (inheritance) await training.#takeOver(inheritance);
    return training;
  }

  get recipe(): Recipe {
    return this.#course.recipe;
  }

  get generation(): number {
    return this.#course.generation;
  }

  /** Step at which it begins. */
  get begin(): number {
    return this.#course.begin;
  }

  get layout(): RowLayout {
    return this.program.layout;
  }

  /** The step that is submitted next. */
  get step(): number {
    return this.program.step;
  }

  /** Step up to which rows have arrived. */
  get seen(): number {
    return this.#observer.seen;
  }

  /** Rows of steps that were submitted are still to come. */
  get isBehind(): boolean {
    return this.seen < this.step;
  }

  get program(): Program {
    return this.#compiled.program;
  }

  /** The step before the next one was computed by the program at hand. */
  get hasStepped(): boolean {
    return this.#compiled.hasStepped;
  }

  get checkpointSteps(): readonly number[] {
    return this.#checkpoints.steps;
  }

  /** The last checkpoint of its own that leaves a step to compute up to this one; the first where there is none, undefined where none was kept. */
  async checkpointBefore(step: number): Promise<Checkpoint | undefined> {
    const at = this.#checkpoints.before(Math.max(this.begin, step - 1));
    return at === undefined ? undefined : this.#checkpoints.at(at)?.read();
  }

  get active(): readonly Finding[] {
    return this.#observer.active;
  }

  get learned(): boolean {
    return this.#observer.learned;
  }

  /** Rows that were lost on a device before they could be read. */
  get missed(): number {
    return this.#compiled.missed;
  }

  settings(): Settings {
    return this.#course.settings(this.step);
  }

  /** Rows as whoever watches from outside sees them. */
  emitted(words: Uint32Array): Rows {
    return emittedRows(new Rows(this.layout, words), (step) => this.#course.settings(step));
  }

  /**
   * Advances by up to `steps`; ends early where something happened that a person may want to see: a finding, an entry, a fork.
   * @param chunk steps between two looks at the rows
   */
  async advance(steps: number, chunk: number): Promise<Advance> {
    const end = this.step + steps;
    while (this.step < end && !this.#gathered.isEventful) {
      await this.#arrive();
      if (this.#gathered.hasDetected) break;
      await this.#advanceTo(Math.min(end, this.step + chunk, this.#course.boundaryAfter(this.step)));
      await this.#collect('arrived');
    }
    return this.#gathered.take();
  }

  /** What the levels above the core read back goes there from now on; without it, nothing is read back. */
  detailTo(sink: DetailSink): void {
    this.#detailSink = sink;
  }

  /** What has arrived since the last call, without a further step. */
  async collect(): Promise<Advance> {
    if (this.isBehind) await this.#collect('arrived');
    return this.#gathered.take();
  }

  /** Waits for the rows of all steps so far. */
  async drain(): Promise<Advance> {
    await this.#drain();
    return this.#gathered.take();
  }

  /**
   * Stamps a change with the current step and appends it; entries of a link that lie ahead are given up. Drain first: the rows of the
   * steps before an entry belong before it.
   * Returns the entries that this makes take effect: the new one, and any that were due at this step.
   */
  intervene(by: string, change: Change): readonly Intervention[] {
    this.#course.append({ at: this.step, by, change });
    this.program.intervene(this.recipe);
    return this.#course.announce(this.step);
  }

  /** Judges all rows so far, and those to come, by these thresholds; returns all that is detected in them. Drain first. */
  judgeBy(thresholds: Recipe['thresholds']): readonly Detected[] {
    this.#course.judgeBy(thresholds);
    return this.#observer.judgeAgain();
  }

  /** Opens a new run beside this one; this one goes on as it was. */
  async fork(entries: readonly ForkEntry[]): Promise<Fork> {
    await this.#drain();
    const written = entries.map((entry): Intervention => {
      if (entry.kind === 'later') return entry.entry;
      const { by, change, rewindTo = this.step } = entry;
      const start = this.#checkpoints.before(Math.min(rewindTo, this.step)) ?? this.#course.begin;
      return { at: this.step, by, change, rewindTo: rewindTo >= this.step ? this.step : start };
    });
    return this.#forkOf({ ...this.recipe, timeline: [...this.#course.past(this.step), ...written] });
  }

  /** What another run takes over that is the same up to a step; undefined where nothing was kept of it. Drain first. */
  async lend(step: number): Promise<Inheritance | undefined> {
    const kept = this.#checkpoints.at(step);
    const checkpoint = step === this.step ? await this.program.checkpoint() : await kept?.read();
    return checkpoint && { step, regions: checkpoint.regions, rows: this.#observer.rowsBefore(step) };
  }

  /** Copies the newest checkpoint to this thread's memory in the background: from there a run goes on when its device is lost. */
  mirror(): void {
    this.#checkpoints.mirror();
  }

  /**
   * Goes on with another engine from the last checkpoint that there is, after the device was lost: computes again, unseen, what was
   * seen already; steps whose rows had not arrived come again for all to see.
   * Returns the checkpoint's step.
   */
  async replaceEngine(engine: Engine): Promise<number> {
    const known = this.seen;
    const checkpoint = await this.#checkpoints.recover(this.#course.rewindsAhead);
    await this.#compiled.move(engine, checkpoint);
    const fromStep = this.step;
    while (this.step < known) {
      if (this.#checkpoints.isLost(this.step)) await this.#checkpoints.add(this.program.keep());
      await this.#compiled.restructure();
      await this.program.advance(Math.min(known, this.#course.boundaryAfter(this.step)) - this.step);
      await this.program.rows('all');
    }
    return fromStep;
  }

  dispose(): void {
    this.#checkpoints.dispose();
    this.program.dispose();
  }

  /** At a level above the core one step at a time, each read back before the next. */
  async #advanceTo(next: number): Promise<void> {
    const settings = this.settings();
    if (settings.telemetry === 'core' || !this.#detailSink) {
      await this.program.advance(next - this.step);
      return;
    }
    await this.program.advance(1);
    await this.#detailSink(this.program, settings, settings.telemetry);
  }

  async #takeOver({ step, regions, rows }: Inheritance): Promise<void> {
    await this.#compiled.restore({ step, regions });
    this.#observer.inherit(rows);
    await this.#checkpoints.add(keepNow(step, Promise.resolve({ step, regions })));
    this.#observer.settle();
  }

  /** Whatever is due before the current step is computed: a checkpoint, a new structure, entries to tell, a fork to open. */
  async #arrive(): Promise<void> {
    if (this.#course.isCheckpointStep(this.step) && !this.#checkpoints.has(this.step)) {
      await this.#checkpoints.add(this.program.keep());
      this.#gathered.checkpoint(this.step);
      this.#observer.settle();
    }
    const isDue = this.#course.due(this.step).length > 0 || this.#course.isForkDue(this.step);
    if (!isDue && !this.#compiled.isOutdated) return;
    await this.#drain();
    // Told first: what is due stays due.
    if (this.#gathered.hasDetected) return;
    await this.#compiled.restructure();
    this.#gathered.entries(this.#course.announce(this.step));
    if (!this.#course.isForkDue(this.step)) return;
    this.#gathered.fork(await this.#forkOf(this.recipe));
    this.#course.forked();
  }

  async #drain(): Promise<void> {
    if (this.isBehind) await this.#collect('all');
  }

  async #collect(which: 'all' | 'arrived'): Promise<void> {
    const words = await this.program.rows(which);
    // Rows that were missed at the end never come.
    const upTo = which === 'all' ? this.step : undefined;
    this.#gathered.rows(words, this.#observer.take(words, upTo));
  }

  async #forkOf(recipe: Recipe): Promise<Fork> {
    const generation = this.generation + 1;
    const start = generationStart(recipe.timeline, generation);
    const lent = await this.lend(start);
    if (!lent)
      throw new Error(`checkpoint ${start}: none was kept; there are ${this.checkpointSteps.join(', ')}`);
    const [opening] = generationEntries(recipe.timeline, generation).own;
    const { regions } = redrawn(lent, recipe, opening?.change);
    return { recipe, generation, inheritance: { ...lent, regions } };
  }
}

/** Replays the parent run, headless, up to the entry that opens this one. */
async function inherit(request: TrainingRequest): Promise<Inheritance> {
  const parent = await Training.start({
    ...request,
    generation: request.generation - 1,
    inheritance: undefined,
  });
  try {
    for (;;) {
      const { fork } = await parent.advance(1024, 64);
      if (fork) return fork.inheritance;
    }
  } finally {
    parent.dispose();
  }
}
