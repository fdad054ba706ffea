// Turns the end of a device into rejections: whatever waits for it fails with the cause, and never hangs.

/** Time in which a lost device must have said so after a failed readback; the two arrive in either order. */
const graceMs = 200;

export class Lifeline {
  /** Resolves with the reason when the device is lost; not when the engine is disposed of. */
  readonly lost: Promise<string>;
  #announce: (reason: string) => void = () => undefined;
  #reason: string | undefined;
  readonly #who: string;
  /** One entry per waiting call. A race against one lasting promise would keep a reaction per call for as long as the engine lives. */
  readonly #waiting = new Set<(error: Error) => void>();

  /** @param who what stopped, for the error: an engine's name */
  constructor(who: string) {
    this.#who = who;
    this.lost = new Promise((resolve) => {
      this.#announce = resolve;
    });
  }

  /** The device is of no use from now on. Only the first reason counts. */
  fail(reason: string): void {
    if (this.#reason !== undefined) return;
    this.close(reason);
    this.#announce(reason);
  }

  /** An intended end: what waits is rejected, `lost` stays silent. */
  close(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    for (const reject of this.#waiting) reject(this.#error(undefined));
    this.#waiting.clear();
  }

  get isOver(): boolean {
    return this.#reason !== undefined;
  }

  /** @throws Error with the reason once the device is of no use */
  check(): void {
    if (this.#reason !== undefined) throw this.#error(undefined);
  }

  /** The result of `work`, or a rejection with the reason as soon as the device is of no use. */
  guard<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#reason !== undefined) reject(this.#error(undefined));
      this.#waiting.add(reject);
      work.then(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (cause: unknown) => {
          setTimeout(() => {
            this.#waiting.delete(reject);
            reject(this.#error(cause));
          }, graceMs);
        },
      );
    });
  }

  #error(cause: unknown): Error {
    const reason = this.#reason ?? `the result could not be read back (${String(cause)})`;
    return new Error(`${this.#who} stopped: ${reason}; go on from the last checkpoint with another engine`, {
      cause,
    });
  }
}
