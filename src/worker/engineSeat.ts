// The engine of a run for as long as its device lives, and the next one when it is lost: the device is gone, the run is not.
import { chooseEngine, type Say } from './engines.ts';
import { instead, type FallbackEngine } from './fallbackEngine.ts';
import type { Training } from './training.ts';

/** A device that is lost more often than this will be lost again. */
const mostLosses = 3;

export class EngineSeat {
  readonly #say: Say;
  readonly #onlost: () => void;
  #engine: FallbackEngine;
  #losses = 0;
  #reason: string | undefined;
  #disposed = false;

  /** @param onlost called when the run has to recover */
  constructor(engine: FallbackEngine, say: Say, onlost: () => void) {
    this.#engine = engine;
    this.#say = say;
    this.#onlost = onlost;
    this.#watch();
  }

  get engine(): FallbackEngine {
    return this.#engine;
  }

  /** The device is lost, and the run has not moved yet. */
  get isLost(): boolean {
    return this.#reason !== undefined;
  }

  /** A new engine, the last checkpoint, and on. Rejects where the new device is lost at once: then it is to be called again. */
  async recover(training: Training, onmoved: () => void): Promise<void> {
    const reason = this.#reason ?? 'the device was lost';
    this.#reason = undefined;
    const old = this.#engine;
    const engine = await this.#next();
    if (this.#disposed) {
      engine.dispose();
      return;
    }
    this.#engine = engine;
    this.#watch();
    let step: number;
    try {
      step = await training.replaceEngine(engine);
    } finally {
      // Not before: what was read of its checkpoints is needed.
      old.dispose();
    }
    onmoved();
    this.#say(
      `Training stopped: ${reason}. The run was restored from its checkpoint at step ${step} and goes on with ${engine.description}.`,
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#engine.dispose();
  }

  #next(): Promise<FallbackEngine> {
    if (++this.#losses <= mostLosses) return chooseEngine(this.#engine.id, this.#say);
    this.#say(instead(`The GPU was lost ${this.#losses} times.`));
    return chooseEngine('compiled.plain', this.#say);
  }

  #watch(): void {
    const engine = this.#engine;
    void engine.lost.then((reason) => {
      if (this.#disposed || engine !== this.#engine) return;
      this.#reason = reason;
      this.#onlost();
    });
  }
}
