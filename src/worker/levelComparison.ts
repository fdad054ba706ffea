// Telemetry levels side by side: the same run trained flat out at each of them in turn, aside, and then put back to where it was.
import { Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import type { Checkpoint, Program } from '../engine/engine.ts';
import type { NetworkShape } from '../signals/series.ts';
import type { ExportCost, LevelMeasurement, TelemetryLevel } from '../telemetry/cost.ts';
import { Excess } from '../telemetry/excess.ts';
import { gzip } from '../telemetry/export/gzip.ts';
import type { Serialised } from '../telemetry/measuredExporter.ts';
import { scaledCost } from './costMeter.ts';
import { mostRecorded } from './instrumentation.ts';
import { nextTask } from './waiting.ts';

/** One level at a time for so long, all of them in turn, twice: a machine that grows warm or busy falls on all alike. */
const stretchMilliseconds = 500;
const rounds = 2;
const repeatMilliseconds = 50;
/** Steps at once where nothing is read back in between. */
const chunk = 8;
const empty = new Float32Array();
const nothing = {
  layerGradients: empty,
  activations: empty,
  parameters: empty,
  gradients: empty,
  losses: empty,
};

export interface Comparison {
  readonly program: Program;
  readonly settings: Settings;
  readonly shape: NetworkShape;
  readonly levels: readonly TelemetryLevel[];
  /** Absent = the page's. */
  readonly mostRecorded?: number;
  readonly stretchMilliseconds?: number;
  tell(level: TelemetryLevel, done: number, of: number): void;
  isCalledOff(): boolean;
}

/** Milliseconds of one export. */
const mean = ({ sums }: Exports): number => sums.exporting / sums.exports;

/** Exports of one kind, timed. */
class Exports {
  readonly excess: Excess;
  readonly sums = { exports: 0, points: 0, bytes: 0, exporting: 0 };
  last: Serialised = { points: 0, body: new Uint8Array() };

  constructor(excess: Excess) {
    this.excess = excess;
  }

  async export(program: Program, level: TelemetryLevel, rows: Rows | undefined): Promise<void> {
    const begun = performance.now();
    const detail = level === 'core' ? nothing : await program.detail(level);
    this.last = await this.excess.export(detail, rows);
    this.sums.exports++;
    this.sums.points += this.last.points;
    this.sums.bytes += this.last.body.length;
    this.sums.exporting += performance.now() - begun;
  }
}

/** What one level came to over all of its stretches. */
class Tally {
  readonly level: TelemetryLevel;
  /** Of the steps, one by one. */
  readonly full: Exports;
  /** Of one step again and again, in turn: all of it, and within the SDK's own limit. */
  readonly repeated: Exports;
  readonly limited: Exports;
  /** The last ones seen. */
  rows: Rows | undefined;
  steps = 0;
  milliseconds = 0;

  constructor({ settings, shape, mostRecorded: most = mostRecorded }: Comparison, level: TelemetryLevel) {
    this.level = level;
    const request = { runId: 'comparison', settings: { ...settings, telemetry: level }, shape };
    const all = { ...request, mostRecorded: most, mostPerInstrument: Infinity };
    this.full = new Exports(new Excess(all));
    this.repeated = new Exports(new Excess(all));
    this.limited = new Exports(new Excess({ ...request, mostRecorded: most }));
  }

  see(rows: Rows): void {
    if (rows.count > 0) this.rows = rows;
  }

  async repeat(program: Program): Promise<void> {
    const begun = performance.now();
    do {
      await this.repeated.export(program, this.level, this.rows);
      await this.limited.export(program, this.level, this.rows);
    } while (performance.now() - begun < repeatMilliseconds);
  }

  async measurement(): Promise<LevelMeasurement> {
    // The core is exported every few seconds, not at every step: what one export costs is measured beside the steps.
    const measured = this.level === 'core' ? this.repeated : this.full;
    const { body } = await gzip(measured.last.body);
    const share = body.length / Math.max(1, measured.last.body.length);
    const full = scaledCost(measured.excess, measured.sums.exports, measured.sums, share);
    await Promise.all([this.full, this.repeated, this.limited].map(({ excess }) => excess.close()));
    return {
      level: this.level,
      stepsPerSecond: (1000 * this.steps) / this.milliseconds,
      export: full,
      limited: this.#limitedCost(full, share),
    };
  }

  /** What the limit leaves is all that is sent: it is not scaled up. A loop is faster than the same within training: of its times only the ratio counts. */
  #limitedCost(full: ExportCost, share: number): ExportCost {
    const { exports, points, bytes } = this.limited.sums;
    return {
      ...full,
      points: points / exports,
      bytes: bytes / exports,
      gzip: (bytes / exports) * share,
      milliseconds: full.milliseconds * (mean(this.limited) / mean(this.repeated)),
    };
  }
}

/** Empty where it is called off. The program's rows must have been taken before. */
export async function compareLevels(comparison: Comparison): Promise<readonly LevelMeasurement[]> {
  const { program, levels } = comparison;
  const checkpoint = await program.checkpoint();
  const tallies = levels.map((level) => new Tally(comparison, level));
  const order = Array.from({ length: rounds }, () => tallies).flat();
  try {
    for (const [done, tally] of order.entries()) {
      comparison.tell(tally.level, done, order.length);
      await stretch(comparison, tally, checkpoint);
      if (comparison.isCalledOff()) return [];
    }
    return await Promise.all(tallies.map((tally) => tally.measurement()));
  } finally {
    await program.restore(checkpoint);
  }
}

/** Every stretch begins at the same step, so that all levels train the same steps. */
async function stretch(comparison: Comparison, tally: Tally, checkpoint: Checkpoint): Promise<void> {
  const { program, stretchMilliseconds: most = stretchMilliseconds } = comparison;
  await program.restore(checkpoint);
  const begun = performance.now();
  let breathed = begun;
  const from = program.step;
  while (performance.now() - begun < most && !comparison.isCalledOff()) {
    await program.advance(tally.level === 'core' ? chunk : 1);
    const words = await program.rows('arrived');
    tally.see(new Rows(program.layout, words));
    if (tally.level !== 'core') await tally.full.export(program, tally.level, tally.rows);
    if (performance.now() - breathed < 50) continue;
    await nextTask();
    breathed = performance.now();
  }
  const words = await program.rows('all');
  tally.see(new Rows(program.layout, words));
  tally.steps += program.step - from;
  tally.milliseconds += performance.now() - begun;
  await tally.repeat(program);
}
