// What goes to the page: rows in one message per frame, telemetry with them, and the measured speed.
import { joinWords } from '../core/layout.ts';
import type { LateTelemetry } from '../telemetry/lateTelemetry.ts';
import type { FromWorker } from './protocol.ts';

export type Post = (message: FromWorker, transfer?: readonly Transferable[]) => void;

export const frameMilliseconds = 16;
/** Time over which the speed is measured. */
const rateMilliseconds = 500;

export class Outbox {
  readonly post: Post;
  readonly #telemetry: LateTelemetry;
  #words: Uint32Array<ArrayBuffer>[] = [];
  #lastPost = 0;
  #rate: { readonly at: number; readonly step: number; readonly stepsPerSecond: number };

  constructor(post: Post, telemetry: LateTelemetry, step: number) {
    this.post = post;
    this.#telemetry = telemetry;
    this.#rate = { at: performance.now(), step, stepsPerSecond: 0 };
  }

  add(words: Uint32Array<ArrayBuffer>): void {
    this.#words.push(words);
  }

  /** Sends the rows so far, at most once per frame. */
  flushWhenDue(step: number, checkpoints: readonly number[]): void {
    if (performance.now() - this.#lastPost >= frameMilliseconds) this.flush(step, checkpoints);
  }

  /** Sends the rows so far: whatever is told next must not overtake them. */
  flush(step: number, checkpoints: readonly number[]): void {
    this.#lastPost = performance.now();
    const words = joinWords(this.#words);
    this.#words = [];
    if (words.length === 0) return;
    // Telemetry still reads the last rows, so the page gets a copy that may be given away.
    const copy = words.slice();
    const stepsPerSecond = this.#measure(step);
    this.post({ kind: 'rows', words: copy, stepsPerSecond, checkpoints }, [copy.buffer]);
    this.flushTelemetry();
  }

  flushTelemetry(): void {
    const items = this.#telemetry.take();
    if (items.length > 0) this.post({ kind: 'telemetry', items });
  }

  #measure(step: number): number {
    const now = performance.now();
    const elapsed = now - this.#rate.at;
    if (elapsed >= rateMilliseconds) {
      this.#rate = { at: now, step, stepsPerSecond: (1000 * (step - this.#rate.step)) / elapsed };
    }
    return this.#rate.stepsPerSecond;
  }
}
