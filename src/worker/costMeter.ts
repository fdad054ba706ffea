// What telemetry costs a run now: sums of the last second, four times a second.
import { gzip } from '../telemetry/export/gzip.ts';
import type { ExportCost, TelemetryCost, TelemetryLevel } from '../telemetry/cost.ts';
import type { Serialised } from '../telemetry/measuredExporter.ts';
import { Queue } from '../telemetry/queue.ts';

/** Between two exports of the core signals. */
const coreSeconds = 5;
/** The first export of a thread compiles what it runs, and takes a hundred times as long as the next: the lower median of so many counts. */
const mostTimes = 5;
const betweenMessages = 250;
const windows = 4;
/** Compressing costs more than the rest: one export in a second stands for the others. */
const betweenCompressions = 1000;

interface Sums {
  /** When they begin. */
  since: number;
  steps: number;
  /** Milliseconds of the steps themselves, and of telemetry between exports. */
  training: number;
  telemetry: number;
  exports: number;
  points: number;
  bytes: number;
  exporting: number;
}

const none = (): Sums => ({
  since: performance.now(),
  steps: 0,
  training: 0,
  telemetry: 0,
  exports: 0,
  points: 0,
  bytes: 0,
  exporting: 0,
});

/** Series of an export, and how many of them were recorded. */
interface Breadth {
  readonly level: TelemetryLevel;
  readonly series: number;
  readonly recorded: number;
}

function total(all: readonly Sums[]): Sums {
  const sum = none();
  for (const one of all)
    for (const key of Object.keys(sum) as (keyof Sums)[]) if (key !== 'since') sum[key] += one[key];
  return { ...sum, since: all[0]?.since ?? sum.since };
}

function lowerMedian(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? NaN;
}

export class CostMeter {
  readonly #queue = new Queue();
  #now = none();
  /** The windows before it, oldest first. */
  #before: readonly Sums[] = [];
  #breadth: Breadth | undefined;
  /** The mean of the last exports that there were. */
  #export: ExportCost | undefined;
  /** Milliseconds of the last exports at this level. */
  #times: readonly number[] = [];
  #stepsPerExport = 1;
  #gzipShare = NaN;
  #compressed = -Infinity;
  #told = -Infinity;

  stepped(steps: number, milliseconds: number): void {
    this.#now.steps += steps;
    this.#now.training += milliseconds;
  }

  /** Time that telemetry took without exporting anything. */
  spent(milliseconds: number): void {
    this.#now.telemetry += milliseconds;
  }

  exported({ points, body }: Serialised, breadth: Breadth, milliseconds: number): void {
    if (breadth.level !== this.#breadth?.level) [this.#now, this.#before, this.#times] = [none(), [], []];
    this.#breadth = breadth;
    const now = this.#now;
    now.exports++;
    now.points += points;
    now.bytes += body.length;
    now.exporting += this.#usual(milliseconds);
    this.#queue.add(points, body.length, performance.now());
    void this.#compress(body);
  }

  /**
   * What there is to tell, when it is time to; undefined before the first export, and where no step was computed of late: its time would be 0.
   * @param resting the run comes to rest: what there is to tell is told now
   */
  due(step: number, resting = false): TelemetryCost | undefined {
    const time = performance.now();
    if (!this.#breadth || (time - this.#told < betweenMessages && !resting)) return undefined;
    this.#told = time;
    const sums = total([...this.#before, this.#now]);
    [this.#now, this.#before] = [none(), [...this.#before, this.#now].slice(1 - windows)];
    const cost = (this.#export = this.#exportOf(sums, this.#breadth) ?? this.#export);
    if (!cost || sums.steps === 0) return undefined;
    const { points, dropped, queued } = this.#queue;
    const stepsPerExport = this.#breadth.level === 'core' ? this.#coreSteps(sums, time) : 1;
    const perStep = (milliseconds: number) => milliseconds / sums.steps;
    return {
      level: this.#breadth.level,
      step,
      stepsPerExport,
      export: cost,
      stepMilliseconds: perStep(sums.training),
      telemetryMilliseconds: perStep(sums.telemetry) + cost.milliseconds / stepsPerExport,
      points,
      dropped,
      queued,
    };
  }

  #usual(milliseconds: number): number {
    this.#times = [...this.#times, milliseconds].slice(-mostTimes);
    return lowerMedian(this.#times);
  }

  /** At the present speed; of a run at rest, at its last. */
  #coreSteps({ steps, since }: Sums, now: number): number {
    if (steps > 0) this.#stepsPerExport = Math.max(1, (1000 * coreSeconds * steps) / (now - since));
    return this.#stepsPerExport;
  }

  #exportOf({ exports, points, bytes, exporting }: Sums, { series, recorded }: Breadth) {
    if (exports === 0) return undefined;
    return scaledCost({ series, recorded }, exports, { points, bytes, exporting }, this.#gzipShare);
  }

  async #compress(body: Uint8Array): Promise<void> {
    const time = performance.now();
    if (time - this.#compressed < betweenCompressions) return;
    this.#compressed = time;
    const { body: packed } = await gzip(body);
    this.#gzipShare = packed.length / Math.max(1, body.length);
  }
}

/** The mean of several exports, scaled up where some series were not recorded. */
export function scaledCost(
  { series, recorded }: Pick<Breadth, 'series' | 'recorded'>,
  exports: number,
  sums: Pick<Sums, 'points' | 'bytes' | 'exporting'>,
  gzipShare: number,
): ExportCost {
  const scale = series / recorded;
  const bytes = (sums.bytes / exports) * scale;
  return {
    series,
    recorded,
    points: (sums.points / exports) * scale,
    bytes,
    gzip: bytes * gzipShare,
    milliseconds: (sums.exporting / exports) * scale,
  };
}
