// Runs behind the page, one after another at full speed, for what is found in them.
import type { Rows } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { EngineChoice } from '../../worker/protocol.ts';
import type { Alert } from './alerts.ts';
import { FrameQueue } from './frameQueue.ts';
import { Run } from './run.svelte.ts';

/** Milliseconds in which the findings of the last rows follow them. */
const lastFindings = 60;

export interface Trial {
  readonly id: string;
  readonly recipe: Recipe;
  /** It is trained to this step. */
  readonly until: number;
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
  #run: Run | undefined = $state.raw();
  #ending: ReturnType<typeof setTimeout> | undefined;
  /** Why the one under way cannot go on. */
  readonly failed: string | undefined = $derived.by(() => this.#run?.failed);
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
    clearTimeout(this.#ending);
    this.#ending = undefined;
    this.#waiting = [];
    this.#run?.dispose();
    this.#run = undefined;
  }

  #next(): void {
    const [trial, ...others] = this.#waiting;
    this.#waiting = others;
    if (!trial) return;
    this.#run = new Run({
      name: trial.id,
      recipe: trial.recipe,
      generation: 0,
      engine: this.#engine(),
      pace: 'max',
      paused: false,
      atAlert: 'nothing',
      pictures: 0,
      until: trial.until,
      frames: this.#frames,
      onended: () => undefined,
      listener: {
        onready: () => undefined,
        onforked: () => undefined,
        onnotice: () => undefined,
        onrows: (run) => {
          if (run.lastStep < trial.until - 1) return;
          this.#ending ??= setTimeout(() => this.#finish(trial, run), lastFindings);
        },
      },
    });
  }

  #finish({ id, until }: Trial, run: Run): void {
    this.#ending = undefined;
    if (run !== this.#run || !run.history) return;
    const rows = run.history.rows(0, run.history.rowAt(until));
    this.done = { ...this.done, [id]: { rows, alerts: run.alerts } };
    run.dispose();
    this.#run = undefined;
    this.#next();
  }
}
