// What the telemetry of a run costs: the live figures, and the comparison of all levels flat out.
import { telemetryLevels } from '../../core/settings.ts';
import type { FromWorker, TelemetryCost, TelemetryLevel, ToWorker } from '../../worker/protocol.ts';

type Message<K extends FromWorker['kind']> = Extract<FromWorker, { kind: K }>;

/** How far a comparison has come; `level` is undefined until the thread has begun. */
export interface Measuring {
  readonly level: TelemetryLevel | undefined;
  readonly done: number;
  readonly of: number;
}

export class TelemetryCosts {
  now: TelemetryCost | undefined = $state.raw();
  measuring: Measuring | undefined = $state.raw();
  /** The last comparison that was not called off. */
  measured: Message<'measured'> | undefined = $state.raw();
  /** Another run is looked at, and shares the processor with this one: its times say nothing any more. */
  #isBehind = false;
  readonly #send: (message: Extract<ToWorker, { kind: 'measure' }>) => void;

  constructor(send: (message: Extract<ToWorker, { kind: 'measure' }>) => void) {
    this.#send = send;
  }

  compare(): void {
    if (this.measuring) return;
    this.measuring = { level: undefined, done: 0, of: telemetryLevels.length };
    this.#send({ kind: 'measure', levels: telemetryLevels });
  }

  callOff(): void {
    if (this.measuring) this.#send({ kind: 'measure', levels: [] });
  }

  hear(message: Message<'cost' | 'measuring' | 'measured'>): void {
    if (message.kind === 'cost') this.now = this.#isBehind && this.now ? this.now : message.cost;
    else if (message.kind === 'measuring') this.measuring = message;
    else {
      this.measuring = undefined;
      if (message.levels.length > 0) this.measured = message;
    }
  }

  /** The run goes on behind another one: what it cost until then stays. */
  stayBehind(): void {
    this.#isBehind = true;
  }

  /** The thread has ended: nothing more will come. */
  end(): void {
    this.measuring = undefined;
  }
}
