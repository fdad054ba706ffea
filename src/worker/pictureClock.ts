// When the page gets its next picture: as often as it asked, and as seldom as its cost demands where training wants all the time there is.
import type { Standing } from './aside.ts';
import { makePicture } from './picture.ts';
import type { Picture } from './protocol.ts';

/** Pictures take at most one part in so many of the time: 4 % of what training flat out could use, more of what a paced run leaves idle. */
const shares = { flatOut: 25, paced: 4 };

/**
 * Milliseconds from the end of one picture to the next.
 * @param cost what a picture takes, in milliseconds
 */
export function restAfter(cost: number, perSecond: number, demand: keyof typeof shares): number {
  return Math.max(1000 / perSecond - cost, cost * (shares[demand] - 1));
}

export class PictureClock {
  readonly #perSecond: number;
  #gradients = false;
  #next = 0;
  #drawn = -1;
  #lastCost = Infinity;

  /** @param perSecond pictures per second; 0 = none */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether pictures have the gradient of each neuron. */
  get gradients(): boolean {
    return this.#gradients;
  }

  /** With the gradient of each neuron from now on, or without: the next picture comes at once. */
  watchGradients(watched: boolean): void {
    this.#gradients = watched;
    this.#drawn = -1;
    this.hurry();
  }

  isDue(step: number): boolean {
    return this.#perSecond > 0 && step !== this.#drawn && performance.now() >= this.#next;
  }

  /** The next picture is due as soon as there is anything new to show. */
  hurry(): void {
    this.#next = 0;
  }

  /**
   * Of the last two pictures the cheaper counts: one that a busy machine held up is no measure.
   * @param flatOut training wants all the time there is
   */
  async draw(standing: Standing, flatOut: boolean): Promise<Picture> {
    const begun = performance.now();
    const picture = await makePicture(standing, { gradients: this.#gradients });
    const ended = performance.now();
    this.#drawn = picture.step;
    const cost = Math.min(this.#lastCost, ended - begun);
    this.#lastCost = ended - begun;
    this.#next = ended + restAfter(cost, this.#perSecond, flatOut ? 'flatOut' : 'paced');
    return picture;
  }
}
