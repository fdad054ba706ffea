// The course of one run through its recipe's timeline: what is in force and what is due at which step. Computes nothing, keeps no rows.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import { productionAt, type Production } from '../core/stateFaults.ts';
import {
  generationEntries,
  generationStart,
  lineagePeriods,
  settingsAt,
  type Intervention,
  type SettingsPeriod,
} from '../core/timeline.ts';

export class Course {
  readonly generation: number;
  #recipe: Recipe;
  /** Of the timeline as it stands: looked up at every advance, worked out at every press. */
  #periods: readonly SettingsPeriod[];
  #announced: number;
  #forked = false;

  constructor(recipe: Recipe, generation: number) {
    this.#recipe = recipe;
    this.generation = generation;
    this.#periods = lineagePeriods(recipe, generation);
    // The entry that opened this run is known to whoever opened it.
    this.#announced =
      generation === 0 ? 0 : generationEntries(recipe.timeline, generation).inherited.length + 1;
  }

  get recipe(): Recipe {
    return this.#recipe;
  }

  /** Step at which this run begins. */
  get begin(): number {
    return generationStart(this.#recipe.timeline, this.generation);
  }

  /** In force at a step; before this run begins, in the ancestor whose rows it inherits. */
  settings(step: number): Settings {
    return settingsAt(this.#periods, step);
  }

  /**
   * What a program that is compiled at `step` validates on: what users send since the settings first asked for that set, or undefined for
   * the data's own split.
   */
  validationSource(step: number): Production | undefined {
    if (this.settings(step).validationFrom === 'split') return undefined;
    const before = this.#periods.filter(({ fromStep }) => fromStep >= this.begin && fromStep <= step);
    const last = before.findLastIndex(({ settings }) => settings.validationFrom === 'split');
    const since = before[last + 1]?.fromStep ?? step;
    return productionAt(this.#recipe.timeline, this.generation, since);
  }

  /** Multiples of the interval, the step where the run begins, and steps that the timeline rewinds to. */
  isCheckpointStep(step: number): boolean {
    return step % this.#recipe.checkpointEvery === 0 || step === this.begin || this.isRewoundTo(step);
  }

  isRewoundTo(step: number): boolean {
    return this.#recipe.timeline.some(({ rewindTo }) => rewindTo === step);
  }

  /** Steps whose checkpoints will still be asked for: where the next run of the timeline begins. */
  get rewindsAhead(): readonly number[] {
    const rewindTo = this.#forked ? undefined : this.#next?.rewindTo;
    return rewindTo === undefined ? [] : [rewindTo];
  }

  /** The first step after this one before which something may be due. */
  boundaryAfter(step: number): number {
    const every = this.#recipe.checkpointEvery;
    const checkpoint = (Math.floor(step / every) + 1) * every;
    const steps = this.#recipe.timeline.flatMap((entry) => [entry.at, entry.rewindTo ?? entry.at]);
    return Math.min(checkpoint, ...steps.filter((at) => at > step));
  }

  /** Entries that take effect at this step and have not been announced. */
  due(step: number): readonly Intervention[] {
    const { inherited, own } = generationEntries(this.#recipe.timeline, this.generation);
    return own
      .slice(this.#announced - inherited.length)
      .filter((entry) => entry.at <= step && entry.rewindTo === undefined);
  }

  announce(step: number): readonly Intervention[] {
    const due = this.due(step);
    this.#announced += due.length;
    return due;
  }

  /** The entry that opens the next run stands at this step, and it has not been opened. */
  isForkDue(step: number): boolean {
    return !this.#forked && this.#next?.at === step;
  }

  forked(): void {
    this.#forked = true;
  }

  /** Entries of this run and its ancestors up to a step. */
  past(step: number): readonly Intervention[] {
    const { inherited, own } = generationEntries(this.#recipe.timeline, this.generation);
    return [
      ...inherited,
      ...own.filter((entry, index) => (index === 0 && this.generation > 0) || entry.at <= step),
    ];
  }

  /** Appends an entry; entries of a link that lie ahead are given up. */
  append(entry: Intervention): void {
    this.#recipe = { ...this.#recipe, timeline: [...this.past(entry.at), entry] };
    this.#periods = lineagePeriods(this.#recipe, this.generation);
  }

  /** Other thresholds: training does not notice. */
  judgeBy(thresholds: Recipe['thresholds']): void {
    this.#recipe = { ...this.#recipe, thresholds };
  }

  get #next(): Intervention | undefined {
    return generationEntries(this.#recipe.timeline, this.generation).next;
  }
}
