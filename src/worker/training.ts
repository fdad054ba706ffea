// One run: a program advanced through its timeline, with checkpoints and detectors. Knows no clock, no thread and no page.
import { joinWords, Rows, type RowLayout } from '../core/layout.ts';
import { LearningWatch } from '../core/learning.ts';
import type { Recipe } from '../core/recipe.ts';
import { sameStructure, type Settings } from '../core/settings.ts';
import {
  generationEntries,
  generationStart,
  settingsAt,
  settingsPeriods,
  type Change,
  type Intervention,
  type SettingsPeriod,
} from '../core/timeline.ts';
import type { Dataset } from '../data/dataset.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { makeMonitor, type Monitor } from '../detectors/monitor.ts';
import type { Checkpoint, Engine, Program } from '../engine/engine.ts';
import { Checkpoints } from './checkpoints.ts';
import type { ForkEntry, Inheritance } from './protocol.ts';

/** What a run needs to begin. */
export interface TrainingRequest {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly generation: number;
  readonly dataset: Dataset;
  readonly inheritance?: Inheritance | undefined;
}

export interface Fork {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly inheritance: Inheritance;
}

/** What happened while a run advanced, in order of steps. */
export interface Advance {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly detected: readonly { readonly event: DetectorEvent; readonly healthyCheckpoint: number }[];
  /** Timeline entries that took effect. */
  readonly entries: readonly Intervention[];
  /** The next run of the timeline, where its entry was reached. */
  readonly fork: Fork | undefined;
}

const mostOffered = 12;
/** A fault does not wait longer than this for a network that never learns. */
const learnedAtLatest = 400;

export class Training {
  readonly dataset: Dataset;
  readonly generation: number;
  readonly #checkpoints = new Checkpoints();
  readonly #monitor: Monitor;
  readonly #learning: LearningWatch;
  #engine: Engine;
  #recipe: Recipe;
  /** Of the timeline as it stands: looked up at every advance, worked out at every press. */
  #periods: readonly SettingsPeriod[];
  #program: Program;
  #structure: Settings;
  #chunks: Uint32Array<ArrayBuffer>[] = [];
  #announced: number;
  /** Step up to which rows were handed over: a program whose device is lost may have been ahead of them. */
  #seen: number;
  #forked = false;
  /** Checkpoints that the last alerts' remedies would start from. */
  #offered: readonly number[] = [];

  private constructor(request: TrainingRequest, program: Program) {
    const { engine, recipe, generation, dataset } = request;
    this.#engine = engine;
    this.#recipe = recipe;
    this.generation = generation;
    this.dataset = dataset;
    this.#program = program;
    this.#seen = program.step;
    this.#periods = settingsPeriods(recipe, generation);
    this.#structure = settingsAt(this.#periods, program.step);
    this.#monitor = makeMonitor(recipe, program.layout);
    this.#learning = new LearningWatch(dataset.classes);
    // The entry that opened this run is known to whoever opened it.
    this.#announced =
      generation === 0 ? 0 : generationEntries(recipe.timeline, generation).inherited.length + 1;
  }

  /** Compiles and, for a fork, takes over the parent's state and rows; without an inheritance the parents are replayed first. */
  static async start(request: TrainingRequest): Promise<Training> {
    const { engine, recipe, generation, dataset } = request;
    const inheritance = request.inheritance ?? (generation > 0 ? await inherit(request) : undefined);
    const fromStep = generationStart(recipe.timeline, generation);
    const program = await engine.compile({ recipe, generation, dataset, fromStep });
    if (inheritance) await program.restore({ step: inheritance.step, regions: inheritance.regions });
    const training = new Training({ ...request, inheritance }, program);
    if (inheritance) {
      training.#takeRows(inheritance.rows);
      training.#keep({ step: inheritance.step, regions: inheritance.regions });
    }
    return training;
  }

  get recipe(): Recipe {
    return this.#recipe;
  }

  get layout(): RowLayout {
    return this.#program.layout;
  }

  get step(): number {
    return this.#program.step;
  }

  get program(): Program {
    return this.#program;
  }

  get checkpointSteps(): readonly number[] {
    return this.#checkpoints.steps;
  }

  get active(): readonly Finding[] {
    return this.#monitor.active;
  }

  /** It has learned, or has had time enough. */
  get learned(): boolean {
    return this.#learning.at !== undefined || this.step >= learnedAtLatest;
  }

  settings(): Settings {
    return settingsAt(this.#periods, this.step);
  }

  /**
   * Advances by up to `steps`; ends early where something happened that a person may want to see: a finding, an entry, a fork.
   * @param chunk steps between two looks at the rows
   */
  async advance(steps: number, chunk: number): Promise<Advance> {
    const words: Uint32Array<ArrayBuffer>[] = [];
    const end = this.step + steps;
    let happened: Pick<Advance, 'detected' | 'entries' | 'fork'> = {
      detected: [],
      entries: [],
      fork: undefined,
    };
    while (this.step < end) {
      const { entries, fork } = await this.#arrive();
      const next = Math.min(end, this.step + chunk, this.#nextBoundary());
      await this.#program.advance(next - this.step);
      const fresh = await this.#program.rows();
      this.#seen = this.step;
      words.push(fresh);
      happened = { entries, fork, detected: this.#detect(fresh) };
      if (entries.length > 0 || fork || happened.detected.length > 0) break;
    }
    return { words: joinWords(words), ...happened };
  }

  /**
   * Stamps a change with the current step and appends it; entries of a link that lie ahead are given up.
   * Returns the entries that this makes take effect: the new one, and any that were due at this step.
   */
  intervene(by: string, change: Change): readonly Intervention[] {
    this.#setTimeline([...this.#past(), { at: this.step, by, change }]);
    return this.#announce();
  }

  /** Opens a new run beside this one; this one goes on as it was. */
  async fork(entries: readonly ForkEntry[]): Promise<Fork> {
    const written = entries.map((entry): Intervention => {
      if (entry.kind === 'later') return entry.entry;
      const { by, change, rewindTo = this.step } = entry;
      const start = this.#checkpoints.before(Math.min(rewindTo, this.step));
      return {
        at: this.step,
        by,
        change,
        rewindTo: rewindTo >= this.step ? this.step : (start?.step ?? this.#begin),
      };
    });
    const recipe = { ...this.#recipe, timeline: [...this.#past(), ...written] };
    return this.#forkOf(recipe);
  }

  /**
   * Goes on with another engine from the last checkpoint, after the device was lost: computes again, unseen, what was seen already.
   * Returns the checkpoint's step.
   */
  async replaceEngine(engine: Engine): Promise<number> {
    this.#engine = engine;
    const known = this.#seen;
    const checkpoint = this.#checkpoints.last;
    const fromStep = checkpoint?.step ?? this.#begin;
    await this.#recompile(fromStep, checkpoint);
    while (this.step < known) {
      await this.#restructure();
      await this.#program.advance(Math.min(known, this.#nextBoundary()) - this.step);
      await this.#program.rows();
    }
    return fromStep;
  }

  dispose(): void {
    this.#program.dispose();
  }

  /** Whatever is due before the current step is computed: a checkpoint, a new structure, entries to tell, a fork to open. */
  async #arrive(): Promise<Pick<Advance, 'entries' | 'fork'>> {
    if (this.#isCheckpointStep(this.step) && this.#checkpoints.at(this.step) === undefined) {
      this.#keep(await this.#program.checkpoint());
    }
    await this.#restructure();
    return { entries: this.#announce(), fork: await this.#dueFork() };
  }

  /** A change of structure compiles a new program, which carries the weights that still fit. */
  async #restructure(): Promise<void> {
    if (sameStructure(this.settings(), this.#structure)) return;
    await this.#recompile(this.step, await this.#program.checkpoint());
  }

  #announce(): readonly Intervention[] {
    const { inherited, own } = generationEntries(this.#recipe.timeline, this.generation);
    const due = own
      .slice(this.#announced - inherited.length)
      .filter((entry) => entry.at <= this.step && entry.rewindTo === undefined);
    this.#announced += due.length;
    return due;
  }

  async #dueFork(): Promise<Fork | undefined> {
    const { next } = generationEntries(this.#recipe.timeline, this.generation);
    if (this.#forked || next?.at !== this.step) return undefined;
    this.#forked = true;
    return this.#forkOf(this.#recipe);
  }

  async #forkOf(recipe: Recipe): Promise<Fork> {
    const generation = this.generation + 1;
    const start = generationStart(recipe.timeline, generation);
    const checkpoint = start === this.step ? await this.#program.checkpoint() : this.#checkpoints.at(start);
    if (!checkpoint)
      throw new Error(`checkpoint ${start}: none was kept; there are ${this.checkpointSteps.join(', ')}`);
    const rows = joinWords(this.#chunks).slice(0, start * this.layout.width);
    return { recipe, generation, inheritance: { step: start, regions: checkpoint.regions, rows } };
  }

  async #recompile(fromStep: number, checkpoint: Checkpoint | undefined): Promise<void> {
    const request = { recipe: this.#recipe, generation: this.generation, dataset: this.dataset, fromStep };
    const program = await this.#engine.compile(request);
    if (checkpoint) await program.restore(checkpoint);
    this.#program.dispose();
    this.#program = program;
    this.#structure = settingsAt(this.#periods, fromStep);
  }

  #setTimeline(timeline: readonly Intervention[]): void {
    this.#recipe = { ...this.#recipe, timeline };
    this.#periods = settingsPeriods(this.#recipe, this.generation);
    this.#program.intervene(this.#recipe);
  }

  /** Entries of this run and its ancestors up to the current step. */
  #past(): readonly Intervention[] {
    const { inherited, own } = generationEntries(this.#recipe.timeline, this.generation);
    return [
      ...inherited,
      ...own.filter((entry, index) => (index === 0 && this.generation > 0) || entry.at <= this.step),
    ];
  }

  /** Multiples of the interval, the step where the run begins, and steps that the timeline rewinds to. */
  #isCheckpointStep(step: number): boolean {
    return step % this.#recipe.checkpointEvery === 0 || step === this.#begin || this.#isRewoundTo(step);
  }

  get #begin(): number {
    return generationStart(this.#recipe.timeline, this.generation);
  }

  #isRewoundTo(step: number): boolean {
    return this.#recipe.timeline.some(({ rewindTo }) => rewindTo === step);
  }

  #keep(checkpoint: Checkpoint): void {
    this.#checkpoints.add(
      checkpoint,
      this.#monitor.active.length === 0,
      (step) => this.#isRewoundTo(step) || this.#offered.includes(step),
    );
  }

  #nextBoundary(): number {
    const every = this.#recipe.checkpointEvery;
    const checkpoint = (Math.floor(this.step / every) + 1) * every;
    const steps = this.#recipe.timeline.flatMap((entry) => [entry.at, entry.rewindTo ?? entry.at]);
    return Math.min(checkpoint, ...steps.filter((step) => step > this.step));
  }

  #takeRows(words: Uint32Array<ArrayBuffer>): readonly DetectorEvent[] {
    this.#chunks.push(words);
    const rows = new Rows(this.layout, words);
    this.#followLearning(rows);
    return this.#monitor.push(rows);
  }

  #followLearning(rows: Rows): void {
    const evaluated = this.layout.column('evaluated_at');
    const accuracy = this.layout.column('validation_accuracy');
    for (let row = 0; row < rows.count && this.#learning.at === undefined; row++) {
      const step = rows.step(row);
      if (rows.value(row, evaluated) === step) this.#learning.see(step, rows.value(row, accuracy) ?? NaN);
    }
  }

  #detect(words: Uint32Array<ArrayBuffer>): Advance['detected'] {
    return this.#takeRows(words).map((event) => {
      if (event.kind === 'resolved') return { event, healthyCheckpoint: 0 };
      const { onset } = event.finding;
      this.#checkpoints.markUnhealthy(onset);
      const healthyCheckpoint = this.#checkpoints.healthyBefore(onset);
      this.#offered = [...this.#offered, healthyCheckpoint].slice(-mostOffered);
      return { event, healthyCheckpoint };
    });
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
