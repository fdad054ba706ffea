// What a person presses while a run trains: faults, edits, remedies and thresholds. The rows of the steps before a press belong before it.
import type { Change } from '../core/change.ts';
import type { Post } from './outbox.ts';
import type { ToWorker } from './protocol.ts';
import type { Reporter } from './reporter.ts';
import type { Training } from './training.ts';

type Fault = Extract<ToWorker, { readonly kind: 'intervene' }>;
type Remedy = Extract<ToWorker, { readonly kind: 'fork' }>;
type Loan = Extract<ToWorker, { readonly kind: 'lend' }>;
type Judgement = Extract<ToWorker, { readonly kind: 'judge' }>;

export class Presses {
  readonly #post: Post;
  readonly #training: Training;
  readonly #reporter: Reporter;
  /** Faults pressed before the network had learned, in order. */
  #waiting: Fault[] = [];

  constructor(post: Post, training: Training, reporter: Reporter) {
    this.#post = post;
    this.#training = training;
    this.#reporter = reporter;
  }

  /** A fault waits for the network to learn. */
  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** A fault pressed before the network has learned waits, at full speed, until it has. */
  async fault(message: Fault): Promise<void> {
    const { by, change, whenLearned } = message;
    if (!whenLearned || this.#training.learned) {
      await this.#intervene(by, change);
      return;
    }
    this.#waiting.push(message);
    this.#post({ kind: 'waiting', by, untilAbout: Math.max(240, this.#training.step) });
  }

  async remedy({ entries }: Remedy): Promise<void> {
    await this.drain();
    this.#reporter.flush();
    this.#reporter.fork(await this.#training.fork(entries));
  }

  /** For a run beside this one. */
  async lend({ step }: Loan): Promise<void> {
    await this.drain();
    this.#post({ kind: 'lent', step, inheritance: (await this.#training.lend(step)) ?? null });
  }

  async judge({ thresholds }: Judgement): Promise<void> {
    this.#reporter.take(await this.#training.drain());
    const before = this.#training.active;
    this.#reporter.judged(before, this.#training.judgeBy(thresholds));
  }

  /** Where the network has learned: what waited takes effect. */
  async release(): Promise<void> {
    for (;;) {
      const [press] = this.#waiting;
      if (!press) return;
      await this.#intervene(press.by, press.change);
      this.#waiting.shift();
    }
  }

  /** Waits for all rows so far and passes them on. */
  async drain(): Promise<void> {
    if (this.#training.isBehind) this.#reporter.take(await this.#training.drain());
  }

  async #intervene(by: string, change: Change): Promise<void> {
    await this.drain();
    this.#reporter.entries(this.#training.intervene(by, change));
  }
}
