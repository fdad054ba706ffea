// A race: copies of the lesson’s run, each with one remedy, trained at full speed behind the page and then shown step by step beside each other.
import { laneRecipe, leavesAt, type RaceStart } from '../../lessons/lanes.ts';
import type { LaneFacts, Race as RaceSpec } from '../../lessons/lesson.ts';
import { findingFacts } from '../../lessons/rowFacts.ts';
import type { EngineChoice } from '../../worker/protocol.ts';
import type { Run } from './run.svelte.ts';
import { Trials, type Tried } from './trials.svelte.ts';

/** Milliseconds between two looks at the clock. */
const interval = 50;

function factsOf({ rows, alerts }: Tried, from: number, step: number): LaneFacts {
  const facts = findingFacts(alerts.map(({ finding }) => finding));
  return {
    ...facts,
    warned: (detector) => alerts.find(({ finding }) => finding.detector === detector)?.raisedAt,
    wouldFire: facts.fired,
    value: (signal, at, layer = 0) => rows.value(at, rows.layout.column(signal, layer)),
    step,
    from,
  };
}

export class Race {
  spec: RaceSpec | undefined = $state.raw();
  /** Step at which the copies left the run. */
  from = $state(0);
  /** Steps of each copy that are shown. */
  shown = $state(0);
  isOver = $state(false);
  readonly #trials: Trials;
  #timer: ReturnType<typeof setInterval> | undefined;
  #begun = 0;
  #isHurried = false;
  /** Of the race under way. */
  #number = 0;
  #onover: () => void = () => undefined;

  /** Each copy as far as it is shown, by remedy; undefined = it is being trained. */
  readonly lanes: Readonly<Partial<Record<string, LaneFacts>>> = $derived.by(() =>
    Object.fromEntries(
      Object.entries(this.#trials.done).flatMap(([id, tried]) =>
        tried ? [[id, factsOf(tried, this.from, this.from + this.shown - 1)]] : [],
      ),
    ),
  );
  /** Why a copy cannot be trained. */
  readonly failed: string | undefined = $derived.by(() => this.#trials.failed);

  constructor(engine: () => EngineChoice) {
    this.#trials = new Trials(engine);
  }

  /** @param onover called once, when all that there is to see has been shown */
  start(spec: RaceSpec, run: Run, start: RaceStart, onover: () => void): void {
    this.dispose();
    const from = leavesAt(spec, run.recipe, start);
    [this.spec, this.from, this.shown, this.isOver] = [spec, from, 0, false];
    [this.#isHurried, this.#begun, this.#onover] = [false, 0, onover];
    void this.#train(spec, run, from);
    this.#timer = setInterval(() => this.#look(), interval);
  }

  /** To its end as soon as all are trained. */
  hurry(): void {
    this.#isHurried = true;
    this.#look();
  }

  dispose(): void {
    this.#number++;
    clearInterval(this.#timer);
    this.#trials.dispose();
  }

  /** From where they leave the run, if that has kept it; otherwise each from step 0. */
  async #train(spec: RaceSpec, run: Run, from: number): Promise<void> {
    const { recipe, generation } = run;
    // A copy is of the first run, before anything was forked from it.
    const number = this.#number;
    const inheritance = generation === 0 ? await run.lend(from) : null;
    // Another race, or none, by now.
    if (number !== this.#number) return;
    this.#trials.start(
      spec.remedies.map((id) => ({
        id,
        recipe: laneRecipe(spec, recipe, from, id),
        until: from + spec.steps,
        ...(inheritance && { from: { inheritance, parent: run.bequest(from) } }),
      })),
    );
  }

  /** They set off together, once all are at the line. */
  #look(): void {
    const { spec } = this;
    if (!spec || this.isOver) return;
    if (this.failed === undefined && Object.keys(this.#trials.done).length < spec.remedies.length) return;
    this.#begun ||= performance.now();
    const due = Math.round(((performance.now() - this.#begun) / 1000) * spec.pace);
    this.shown = this.#isHurried || this.failed !== undefined ? spec.steps : Math.min(spec.steps, due);
    if (this.shown < spec.steps) return;
    this.isOver = true;
    clearInterval(this.#timer);
    this.#onover();
  }
}
