// Runs behind the page, at full speed, for what is found in them: as many at once as leave the page a core of its own.
import type { Rows } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { EngineChoice, Inheritance } from '../../worker/protocol.ts';
import type { Alert } from './alerts.ts';
import { FrameQueue } from './frameQueue.ts';
import { Run } from './run.svelte.ts';
import type { Bequest } from './runRequest.ts';

/** Milliseconds in which the findings of the last rows follow them. */
const lastFindings = 60;
/** However many cores there are: each trial has a thread, an engine and a copy of the data. */
const mostAtOnce = 4;

const atOnce = () => Math.max(1, Math.min(mostAtOnce, navigator.hardwareConcurrency - 1));

export interface Trial {
  readonly id: string;
  readonly recipe: Recipe;
  /** It is trained to this step. */
  readonly until: number;
  /** What it takes over from a run that was the same so far; absent = it begins at step 0. */
  readonly from?: { readonly inheritance: Inheritance; readonly parent: Bequest };
}

/** What came of a trial. */
export interface Tried {
  readonly rows: Rows;
  readonly alerts: readonly Alert[];
}

export class Trials {
  /** Those that are done, by id. */
  done: Readonly<Partial<Record<string, Tried>>> = $state.raw({});
  #waiting: readonly Trial[] = [];
  #running: readonly Run[] = $state.raw([]);
  /** Why one under way cannot go on. */
  readonly failed: string | undefined = $derived.by(
    () => this.#running.find((run) => run.failed !== undefined)?.failed,
  );
  readonly #engine: () => EngineChoice;
  readonly #frames = new FrameQueue();

  constructor(engine: () => EngineChoice) {
    this.#engine = engine;
  }

  /** In place of any that were under way. */
  start(trials: readonly Trial[]): void {
    this.dispose();
    this.done = {};
    this.#waiting = trials;
    this.#next();
  }

  dispose(): void {
    this.#waiting = [];
    for (const run of this.#running) run.dispose();
    this.#running = [];
  }

  #next(): void {
    const free = atOnce() - this.#running.length;
    const begun = this.#waiting.slice(0, free).map((trial) => this.#begin(trial));
    this.#waiting = this.#waiting.slice(begun.length);
    this.#running = [...this.#running, ...begun];
  }

  #begin(trial: Trial): Run {
    const { id, recipe, until, from } = trial;
    let isEnding = false;
    return new Run({
      name: id,
      recipe,
      generation: 0,
      ...from,
      engine: this.#engine(),
      pace: 'max',
      paused: false,
      atAlert: 'nothing',
      pictures: 0,
      until,
      frames: this.#frames,
      onended: () => undefined,
      listener: {
        onready: () => undefined,
        onforked: () => undefined,
        onnotice: () => undefined,
        onrows: (run) => {
          if (isEnding || run.lastStep < until - 1) return;
          isEnding = true;
          setTimeout(() => this.#finish(trial, run), lastFindings);
        },
      },
    });
  }

  #finish({ id, until }: Trial, run: Run): void {
    if (!this.#running.includes(run) || !run.history) return;
    const rows = run.history.rows(0, run.history.rowAt(until));
    this.done = { ...this.done, [id]: { rows, alerts: run.alerts } };
    run.dispose();
    this.#running = this.#running.filter((other) => other !== run);
    this.#next();
  }
}
