// How a run may go on: the pace, pauses, single steps and limits that a person asked for, and what slows or pauses it by itself.
import type { Post } from './outbox.ts';
import { PaceKeeper } from './pace.ts';
import type { FromWorker, StartMessage, ToWorker } from './protocol.ts';

/** A run pauses here by itself: rows are kept for the charts, and nobody watches a run of this length to its end. */
const stepLimit = 20_000;

type ControlMessage = Extract<
  ToWorker,
  { readonly kind: 'pace' | 'pause' | 'step' | 'halt' | 'background' | 'visible' }
>;
type PauseReason = Extract<FromWorker, { readonly kind: 'paused' }>['reason'];

export class Controls {
  readonly #post: Post;
  readonly #pace: PaceKeeper;
  #paused: boolean;
  #hidden: boolean;
  #until: number;
  #background = false;
  #atAlert: StartMessage['atAlert'];
  #singleSteps = 0;
  #wasSlow = false;

  constructor(post: Post, start: StartMessage, step: number) {
    this.#post = post;
    this.#pace = new PaceKeeper(start.pace);
    this.#paused = start.paused;
    this.#hidden = start.hidden;
    this.#atAlert = start.atAlert;
    this.#until = start.until ?? step + stepLimit;
  }

  /** @param step the run's, now */
  ask(message: ControlMessage, step: number): void {
    switch (message.kind) {
      case 'pace':
        this.#pace.asked = message.pace;
        this.#atAlert = message.atAlert;
        break;
      case 'pause':
        // Going on past the limit grants another stretch.
        if (!message.paused && step >= this.#until) this.#until = step + stepLimit;
        this.#setPaused(message.paused, 'asked');
        break;
      case 'step':
        this.#setPaused(true, 'asked');
        this.#singleSteps++;
        break;
      case 'halt':
        this.#until = message.at ?? step + stepLimit;
        break;
      case 'background':
        this.#background = true;
        this.#pace.asked = message.pace;
        this.#until = message.until;
        this.#setPaused(step >= message.until, 'limit');
        break;
      case 'visible':
        this.#hidden = !message.visible && !this.#background;
        break;
    }
  }

  /** A call, since a message may change it during any await. */
  isIdle(): boolean {
    return (this.#paused || this.#hidden) && this.#singleSteps === 0;
  }

  /** Told to take a single step: it is to be seen, and the rows before it too. */
  get isStepping(): boolean {
    return this.#singleSteps > 0;
  }

  /** Somebody looks at it. */
  get isShown(): boolean {
    return !this.#background && !this.#hidden;
  }

  /** Steps that are due now; hurried = at full speed, whatever the pace. */
  dueSteps(step: number, hurried: boolean): number {
    if (step >= this.#until && !this.#paused) this.#setPaused(true, 'limit');
    if (this.#singleSteps > 0) {
      this.#singleSteps--;
      return 1;
    }
    if (this.#paused || this.#hidden) return 0;
    const due = hurried ? Infinity : this.#pace.due(performance.now(), step);
    return Math.min(due, this.#until - step);
  }

  isFast(step: number): boolean {
    return this.#pace.inForce(step) === 'max';
  }

  /** Slow motion, or a pause under reduced motion, at a press or an alert; at `max` only a firing alert does. */
  stir(step: number, firing: boolean, alert: boolean): void {
    if (this.#background || this.#atAlert === 'nothing') return;
    if (this.#pace.asked === 'max' && !firing) return;
    if (this.#atAlert === 'slow') this.#pace.slow(step);
    else if (alert) this.#setPaused(true, 'alert');
  }

  tellWhetherSlow(step: number): void {
    const slow = this.#pace.isSlow(step);
    if (slow === this.#wasSlow) return;
    this.#wasSlow = slow;
    this.#post({ kind: 'slowed', slowed: slow });
  }

  /** Nothing is owed for the time of a rest. */
  rest(): void {
    this.#pace.rest();
  }

  #setPaused(paused: boolean, reason: PauseReason): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    this.#pace.rest();
    this.#post({ kind: 'paused', paused, reason });
  }
}
