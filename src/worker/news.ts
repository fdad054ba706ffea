// Which alerts are news: one that comes and goes slows a run down once, not at every return.
import type { Finding } from '../detectors/detector.ts';

/** The same alert within so many steps is no news. */
const newsSteps = 300;

export class News {
  readonly #told = new Map<string, number>();

  isNews({ detector, layer, severity, at }: Finding): boolean {
    const key = `${detector}.${layer}.${severity}`;
    const last = this.#told.get(key);
    this.#told.set(key, at);
    return last === undefined || at - last > newsSteps;
  }
}
