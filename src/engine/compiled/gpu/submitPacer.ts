// How many steps go into one submit: some milliseconds of GPU time, and never more than two submits under way.
import type { Lifeline } from '../../gpu/lifeline.ts';

const mostUnderWay = 2;
/** Milliseconds of GPU time per submit: long enough to amortise it, short enough for watchdogs and for other users of the GPU. */
const aim = 6;
const largestGrowth = 2;

export class SubmitPacer {
  readonly #device: GPUDevice;
  readonly #lifeline: Lifeline;
  readonly #most: number;
  #steps = 1;
  /** Completions of the submits under way, oldest first. */
  #underWay: Promise<void>[] = [];
  #lastDone = 0;

  constructor(device: GPUDevice, lifeline: Lifeline, most: number) {
    this.#device = device;
    this.#lifeline = lifeline;
    this.#most = most;
  }

  /** Steps that the next submit should hold, at most. */
  get steps(): number {
    return this.#steps;
  }

  /** Waits until another submit may go out. */
  async turn(): Promise<void> {
    while (this.#underWay.length >= mostUnderWay) await this.#underWay[0];
  }

  submitted(steps: number): void {
    const begun = performance.now();
    const done: Promise<void> = this.#lifeline.guard(this.#device.queue.onSubmittedWorkDone()).then(() => {
      const now = performance.now();
      this.#learn(steps, now - Math.max(begun, this.#lastDone));
      this.#lastDone = now;
    });
    const settled = done.finally(() => {
      this.#underWay = this.#underWay.filter((other) => other !== settled);
    });
    settled.catch(() => undefined);
    this.#underWay.push(settled);
  }

  /** Only submits as long as asked for tell what a longer one would take. */
  #learn(steps: number, milliseconds: number): void {
    const fitting = Math.round((steps * aim) / Math.max(0.05, milliseconds));
    if (fitting < this.#steps) this.#steps = Math.max(1, fitting);
    else if (steps === this.#steps) {
      this.#steps = Math.min(fitting, this.#steps * largestGrowth, this.#most);
    }
  }
}
