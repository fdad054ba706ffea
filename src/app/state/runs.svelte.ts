// The runs that are drawn, three at most: the one looked at, the one that it was forked from, and the one without the fault.
import type { Recipe } from '../../core/recipe.ts';
import type { OwnTable } from '../../data/csv/ownTable.ts';
import type { EngineChoice, Pace } from '../../worker/protocol.ts';
import { Emitted } from './emitted.svelte.ts';
import type { Exporting } from './exporting.svelte.ts';
import { FrameQueue } from './frameQueue.ts';
import { horizonOf } from './receipt.ts';
import { Run, type Forked } from './run.svelte.ts';

const picturesPerSecond = 12;
const names = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What new runs are started with, and who hears of them. */
export interface RunsOwner {
  readonly engine: EngineChoice;
  /** The table that a recipe on own data is trained on. */
  readonly own: OwnTable | undefined;
  /** Sends every run but the one without the fault. */
  readonly exporting: Exporting;
  /** Pace of the next run that is looked at. */
  readonly nextPace: Pace;
  readonly atAlert: 'slow' | 'pause' | 'nothing';
  onready(run: Run): void;
  onrows(run: Run): void;
  onnotice(text: string): void;
  /** Another run is looked at. */
  onlook(): void;
}

export class Runs {
  looked: Run = $state.raw() as Run;
  /** The run that the one looked at was forked from. */
  before: Run | undefined = $state.raw();
  twin: Run | undefined = $state.raw();
  /** What runs that have ended emitted. */
  readonly ended = new Emitted();
  readonly #owner: RunsOwner;
  readonly #frames = new FrameQueue();
  #opened = 0;
  /** Step to which the run without the fault is trained. */
  #twinAhead = 0;
  /** Called when the run looked at has begun: until then nothing competes with it for the processor that compiles it. */
  #goOnBehind: () => void = () => undefined;

  constructor(owner: RunsOwner) {
    this.#owner = owner;
  }

  get all(): readonly Run[] {
    return [this.looked as Run | undefined, this.before, this.twin].filter((run) => run !== undefined);
  }

  /** Ends what runs and starts a recipe from step 0. The twin stays where the recipe's own fields do. */
  restart(recipe: Recipe, keepTwin: boolean): void {
    for (const run of this.all) if (run !== this.twin || !keepTwin) run.dispose();
    if (!keepTwin) this.twin = undefined;
    this.before = undefined;
    this.#goOnBehind = () => undefined;
    this.#opened = 0;
    this.#look(this.#open(recipe, 0));
  }

  /** All runs by these thresholds: they are of one recipe. */
  judge(thresholds: Recipe['thresholds']): void {
    for (const run of this.all) run.judge(thresholds);
  }

  dispose(): void {
    for (const run of this.all) run.dispose();
  }

  /** No other recipe needs it. */
  #ownOf({ data }: Recipe): { own?: OwnTable | undefined } {
    return data === 'own' ? { own: this.#owner.own } : {};
  }

  #look(run: Run): void {
    this.looked = run;
    this.#owner.onlook();
  }

  #open(recipe: Recipe, generation: number, parent?: Run, fork?: Forked): Run {
    const { engine, exporting, nextPace, atAlert } = this.#owner;
    return new Run({
      name: names[this.#opened++ % names.length] ?? '?',
      recipe,
      generation,
      ...this.#ownOf(recipe),
      engine,
      pace: nextPace,
      paused: false,
      atAlert,
      pictures: picturesPerSecond,
      exporting,
      frames: this.#frames,
      onended: (items) => this.ended.add(items),
      ...(parent && fork && { parent: parent.bequest(fork.inheritance.step), inheritance: fork.inheritance }),
      listener: {
        onready: (run) => {
          if (run === this.looked) this.#goOnBehind();
          this.#owner.onready(run);
        },
        onrows: (run) => {
          this.#keepTwinAhead(run);
          this.#owner.onrows(run);
        },
        onforked: (run, forked) => this.#takeFork(run, forked),
        onnotice: (text) => this.#owner.onnotice(text),
      },
    });
  }

  /** A run reached a fork, pressed or from a link: the new run is looked at; the old one waits for it, and goes on behind it. */
  #takeFork(from: Run, fork: Forked): void {
    if (from !== this.looked && from !== this.before) return;
    if (from === this.looked) this.before?.dispose();
    else this.looked.dispose();
    this.before = from;
    from.pause(true);
    const { thresholds } = from.recipe;
    this.#look(this.#open(fork.recipe, fork.generation, from, fork));
    // Thresholds may have moved since the worker opened the fork.
    if (JSON.stringify(fork.recipe.thresholds) !== JSON.stringify(thresholds)) this.looked.judge(thresholds);
    const until = horizonOf(from.lastStep + 1);
    this.#twinAhead = until;
    this.#goOnBehind = () => {
      this.#goOnBehind = () => undefined;
      from.background(until);
      this.#runTwin(fork.recipe, until);
    };
  }

  /** Trains the run without the fault, as far as the one looked at has come and somewhat further. */
  compare(): void {
    const { recipe, lastStep } = this.looked;
    this.#twinAhead = horizonOf(lastStep + 1);
    this.#runTwin(recipe, this.#twinAhead);
  }

  #keepTwinAhead(run: Run): void {
    if (run !== this.looked || !this.twin || this.twin.failed || run.lastStep < this.#twinAhead) return;
    this.#twinAhead = horizonOf(run.lastStep);
    this.twin.background(this.#twinAhead);
  }

  #runTwin(recipe: Recipe, until: number): void {
    if (this.twin && !this.twin.failed) {
      this.twin.background(until);
      return;
    }
    this.twin = new Run({
      name: 'without the fault',
      recipe: { ...recipe, timeline: [] },
      generation: 0,
      ...this.#ownOf(recipe),
      engine: this.#owner.engine,
      pace: 'max',
      paused: false,
      atAlert: 'nothing',
      pictures: 0,
      until,
      frames: this.#frames,
      onended: (items) => this.ended.add(items),
    });
  }
}
