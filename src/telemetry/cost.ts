// What telemetry costs a run, in figures that the page shows; types alone, so that worker and page can share them.
import type { Settings } from '../core/settings.ts';

export type TelemetryLevel = Settings['telemetry'];

/**
 * One export at a level, or the mean of several. Where a network has more series than are recorded, `points`, `bytes`, `gzip` and
 * `milliseconds` are those of the recorded ones × series ÷ recorded: extrapolated, and to be labelled so.
 */
export interface ExportCost {
  /** Time series in force, the core signals included. */
  readonly series: number;
  /** Series that were really read back, recorded and serialised; equal to `series` unless a cap cut them. */
  readonly recorded: number;
  readonly points: number;
  /** As OTLP protobuf, before and after gzip. */
  readonly bytes: number;
  readonly gzip: number;
  /** Read back, recorded, collected and serialised; sending is not in it. */
  readonly milliseconds: number;
}

/** What a run's telemetry costs now: means over the last second or so. The core signals are exported every 5 s, levels above at every step. */
export interface TelemetryCost {
  readonly level: TelemetryLevel;
  readonly step: number;
  readonly stepsPerExport: number;
  readonly export: ExportCost;
  /** Of a step: itself, and what its share of the telemetry takes. */
  readonly stepMilliseconds: number;
  readonly telemetryMilliseconds: number;
  /** Data points since the run began: those handed to the queue, those that it had to drop, and those that wait in it. */
  readonly points: number;
  readonly dropped: number;
  readonly queued: number;
}

/** A level in a comparison flat out: the same steps, computed aside and thrown away. */
export interface LevelMeasurement {
  readonly level: TelemetryLevel;
  readonly stepsPerSecond: number;
  readonly export: ExportCost;
  /** The same export under the SDK's own limit of 2,000 series per instrument. */
  readonly limited: ExportCost;
}

/** Parameters as they were at several steps. */
export interface ParameterHistory {
  /** Steps after which they were read, ascending. */
  readonly steps: Uint32Array<ArrayBuffer>;
  /** steps × `count`: the first `count` parameters in the order of `signals/parameters.ts`. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly count: number;
  /** How many the network has. */
  readonly total: number;
}
