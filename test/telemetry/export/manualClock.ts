// Time that passes when a test says so.
import type { Clock } from '../../../src/telemetry/export/clock.ts';

interface Alarm {
  readonly at: number;
  readonly act: () => void;
}

export class ManualClock implements Clock {
  #time = Date.UTC(2026, 0, 1);
  #alarms: Alarm[] = [];

  readonly now = () => this.#time;

  readonly after = (milliseconds: number, act: () => void): (() => void) => {
    const alarm = { at: this.#time + milliseconds, act };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  };

  /** Lets time pass, and what waits for each moment act before the next. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#time = next.at;
      this.#alarms = this.#alarms.filter((other) => other !== next);
      next.act();
      await settled();
    }
    this.#time = end;
  }

  #next(end: number): Alarm | undefined {
    return this.#alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything that is due in this turn happen: promises, streams, compression. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
