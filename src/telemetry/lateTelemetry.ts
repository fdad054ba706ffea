// A run's telemetry whose code is still on its way: training does not wait for it. What it is told until then is kept, with the time.
import type { Intervention } from '../core/timeline.ts';
import type { DetectorEvent } from '../detectors/detector.ts';
import { wallClock } from './clock.ts';
import type { Interval } from './spans.ts';
import type {
  Advanced,
  Otlp,
  RunIdentity,
  RunTelemetry,
  TelemetryItem,
  TelemetryOptions,
} from './runTelemetry.ts';

interface Told {
  readonly at: number;
  readonly tell: (telemetry: RunTelemetry) => void;
}

export interface Arrival {
  /** The code is there, and has been told everything. */
  arrived(): void;
  /** It did not load: the run goes on untold. */
  failed(cause: unknown): void;
}

export class LateTelemetry {
  readonly #clock = wallClock();
  #telemetry: RunTelemetry | undefined;
  #waiting: Told[] | undefined = [];
  /** When that happened which is being told now. */
  #past: number | undefined;
  readonly #settled: Promise<void>;

  constructor(identity: RunIdentity, options: Omit<TelemetryOptions, 'now'>, arrival: Arrival) {
    this.#settled = this.#load(identity, { ...options, now: () => this.#past ?? this.#clock() }, arrival);
  }

  compiled(interval: Interval, engine: string): void {
    this.#tell((telemetry) => telemetry.compiled(interval, engine));
  }

  advanced(advanced: Advanced): void {
    this.#tell((telemetry) => telemetry.advanced(advanced));
  }

  detected(event: DetectorEvent): void {
    this.#tell((telemetry) => telemetry.detected(event));
  }

  intervened(entry: Intervention): void {
    this.#tell((telemetry) => telemetry.intervened(entry));
  }

  rests(step: number): void {
    this.#tell((telemetry) => telemetry.rests(step));
  }

  /** Does not wait for the code. */
  async rest(): Promise<void> {
    if (this.#telemetry) await this.#telemetry.rest();
    else this.#tell((telemetry) => void telemetry.rest());
  }

  async end(step: number): Promise<void> {
    await this.#settled;
    await this.#telemetry?.end(step);
  }

  take(): readonly TelemetryItem[] {
    return this.#telemetry?.take() ?? [];
  }

  async otlp(item: number): Promise<Otlp | undefined> {
    return this.#telemetry?.otlp(item);
  }

  #tell(tell: Told['tell']): void {
    if (this.#telemetry) tell(this.#telemetry);
    else this.#waiting?.push({ at: this.#clock(), tell });
  }

  async #load(identity: RunIdentity, options: TelemetryOptions, arrival: Arrival): Promise<void> {
    this.#past = this.#clock();
    try {
      const { RunTelemetry } = await import('./runTelemetry.ts');
      this.#catchUp(new RunTelemetry(identity, options));
      arrival.arrived();
    } catch (error) {
      this.#waiting = undefined;
      arrival.failed(error);
    }
  }

  #catchUp(telemetry: RunTelemetry): void {
    for (const { at, tell } of this.#waiting ?? []) {
      this.#past = at;
      tell(telemetry);
    }
    this.#past = this.#waiting = undefined;
    this.#telemetry = telemetry;
  }
}
