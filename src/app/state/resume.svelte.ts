// A run that was cut short by a reload, a crash or a closed tab: offers to go back to the step at which it stood.
import { whole } from '../../core/wording.ts';
import type { Playground } from './playground.svelte.ts';
import { recipeOf, type Standing, type Standings } from './standing.ts';

/** A run that is shorter is as soon trained again. */
const leastSteps = 100;

export class Resume {
  /** Where the run stood; undefined where nothing is offered. */
  offered: Standing | undefined = $state.raw();
  /** Its tab was closed: what is trained now is another run. */
  isOfClosedTab = $state(false);
  readonly #playground: Playground;
  readonly #standings: Standings;

  /**
   * @param search the page's query string as it was opened
   * @param now milliseconds since the epoch
   */
  constructor(playground: Playground, standings: Standings, search: string, now: number) {
    this.#playground = playground;
    this.#standings = standings;
    const own = standings.ofTab();
    if (own && recipeOf(own.search) === recipeOf(search)) this.offered = own;
    // A link says what to train: only a page that was opened without one looks for a run to go on with.
    else if (!own && search === '') {
      this.offered = standings.takeClosed(now);
      this.isOfClosedTab = this.offered !== undefined;
    }
    if (this.offered && this.offered.step < leastSteps) this.offered = undefined;
    if (standings.takeAccepted()) this.accept();
  }

  /** Goes there at full speed, without slow motion: the link replays what was pressed. */
  accept(): void {
    const { offered } = this;
    if (!offered) return;
    this.offered = undefined;
    if (this.isOfClosedTab) {
      this.#standings.accept(offered);
      location.assign(offered.search);
      return;
    }
    this.#playground.notices.add(`Replaying everything from step 0, up to step ${whole(offered.step)}.`);
    this.#playground.resumeAt(offered.generation, offered.step);
  }

  /** Stays with the run from step 0. */
  decline(): void {
    this.offered = undefined;
    this.#standings.forget();
  }

  /** Something else was begun, or the run has come there by itself. */
  follow(): void {
    const { offered } = this;
    if (!offered || this.isOfClosedTab) return;
    const { looked, address } = this.#playground;
    if (recipeOf(address) !== recipeOf(offered.search) || looked.lastStep >= offered.step)
      this.offered = undefined;
  }

  /** From time to time: a crash tells nobody. */
  keep(now: number): void {
    const standing = this.#standing(now);
    if (standing) this.#standings.keep(standing);
  }

  /** The page goes, maybe for good. */
  leave(now: number): void {
    const standing = this.offered ?? this.#standing(now);
    if (standing) this.#standings.leave(standing);
  }

  comeBack(): void {
    this.#standings.comeBack();
  }

  /** A lesson goes on from its own beats. An offer that is open stays as it is. */
  #standing(now: number): Standing | undefined {
    const { looked, address, lesson, call, scenario } = this.#playground;
    if (this.offered || lesson || call || looked.lastStep < leastSteps || looked.failed) return undefined;
    const { generation, lastStep } = looked;
    return { search: address, generation, step: lastStep, title: scenario.title, at: now };
  }
}
