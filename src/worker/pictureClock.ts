// When the page gets its next picture: as often as it asked, but never for more than a fifth of the time.
import { makePicture } from './picture.ts';
import type { Picture } from './protocol.ts';
import type { Training } from './training.ts';

/** Pictures may take at most one part in so many of the time. */
const share = 5;

export class PictureClock {
  readonly #perSecond: number;
  #next = 0;
  #drawn = -1;

  /** @param perSecond pictures per second; 0 = none */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  isDue(step: number): boolean {
    return this.#perSecond > 0 && step !== this.#drawn && performance.now() >= this.#next;
  }

  /** The next picture is due as soon as there is anything new to show. */
  hurry(): void {
    this.#next = 0;
  }

  async draw(training: Training): Promise<Picture> {
    const begun = performance.now();
    const picture = await makePicture(training);
    const ended = performance.now();
    this.#drawn = picture.step;
    this.#next = ended + Math.max(1000 / this.#perSecond, (ended - begun) * share);
    return picture;
  }
}
