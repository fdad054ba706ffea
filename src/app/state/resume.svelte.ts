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
  /** What a frame shows is not a visit. */
  readonly #isFrame: boolean;
  /** The page is left for a run that was accepted: that is what the tab keeps. */
  #isAccepted = false;

  /**
   * @param search the page's query string as it was opened
   * @param now milliseconds since the epoch
   */
  constructor(playground: Playground, standings: Standings, search: string, now: number) {
    this.#playground = playground;
    this.#standings = standings;
    this.#isFrame = playground.view.shown.embed !== undefined;
    if (this.#isFrame) return;
    const own = standings.ofTab();
    if (own && recipeOf(own.search) === recipeOf(search)) this.offered = own;
    // A link says what to train: only a page that was opened without one looks for a run to go on with.
    else if (!own && search === '') {
      this.offered = standings.takeClosed(now);
      this.isOfClosedTab = this.offered !== undefined;
    }
    if (this.offered && this.offered.step < leastSteps) this.offered = undefined;
    if (standings.takeAccepted()) this.accept();
    // The page may have been shown long before: a link waits for its files.
    this.comeBack();
  }

  /** Goes there at full speed, without slow motion: the link replays what was pressed. */
  accept(): void {
    const { offered } = this;
    if (!offered) return;
    this.offered = undefined;
    if (this.isOfClosedTab) {
      this.#standings.accept(offered);
      this.#isAccepted = true;
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
    const { looked, link } = this.#playground;
    if (recipeOf(link) !== recipeOf(offered.search) || looked.lastStep >= offered.step)
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
    if (this.#isFrame) return;
    this.#isAccepted = false;
    this.#standings.comeBack();
  }

  /** A lesson goes on from its own beats. An offer that is open stays as it is. However it was shown, it is opened as the whole page. */
  #standing(now: number): Standing | undefined {
    const { looked, link, lesson, call, scenario } = this.#playground;
    if (this.#isFrame || this.#isAccepted || this.offered || lesson || call) return undefined;
    if (looked.lastStep < leastSteps || looked.failed) return undefined;
    const { generation, lastStep } = looked;
    return { search: link, generation, step: lastStep, title: scenario.title, at: now };
  }
}
