// Pace: how many steps are due now, with slow motion around a press or an alert.
import type { Pace } from './protocol.ts';

const slowPace = 6;
const slowSteps = 30;
/** After a pause of the thread (a hidden tab, a slow step) lost time is not made up for. */
const mostOwed = 0.25;

export class PaceKeeper {
  #asked: Pace;
  #slowUntil = -1;
  #last: number | undefined;
  #owed = 0;

  constructor(asked: Pace) {
    this.#asked = asked;
  }

  set asked(pace: Pace) {
    this.#asked = pace;
    this.#slowUntil = -1;
    this.#owed = 0;
  }

  get asked(): Pace {
    return this.#asked;
  }

  /** Slows down for the next 30 steps, where the pace asked for is faster than that anyway. */
  slow(step: number): void {
    if (this.#asked === 'max' || this.#asked > slowPace) this.#slowUntil = step + slowSteps;
  }

  isSlow(step: number): boolean {
    return step < this.#slowUntil;
  }

  inForce(step: number): Pace {
    return this.isSlow(step) ? slowPace : this.#asked;
  }

  /** Forgets the time since the last call: nothing is owed after a pause. */
  rest(): void {
    this.#last = undefined;
    this.#owed = 0;
  }

  /** Steps due at `now` (milliseconds); Infinity at `max`. */
  due(now: number, step: number): number {
    const pace = this.inForce(step);
    const elapsed = this.#last === undefined ? 0 : (now - this.#last) / 1000;
    this.#last = now;
    if (pace === 'max') return Infinity;
    this.#owed = Math.min(this.#owed + elapsed * pace, Math.max(1, mostOwed * pace));
    const steps = Math.floor(this.#owed);
    this.#owed -= steps;
    return this.isSlow(step) ? Math.min(steps, this.#slowUntil - step) : steps;
  }
}
