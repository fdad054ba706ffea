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

  /** The same step again and again. */
  async repeat(program: Program, level: TelemetryLevel, rows: Rows | undefined): Promise<void> {
    const begun = performance.now();
    do await this.export(program, level, rows);
    while (performance.now() - begun < repeatMilliseconds);
  }
}

/** What one level came to over all of its stretches. */
class Tally {
  readonly level: TelemetryLevel;
  readonly full: Exports;
  /** Within the SDK's own limit. */
  readonly limited: Exports;
  /** The last ones seen. */
  rows: Rows | undefined;
  steps = 0;
  milliseconds = 0;

  constructor({ settings, shape, mostRecorded: most = mostRecorded }: Comparison, level: TelemetryLevel) {
    this.level = level;
    const request = { runId: 'comparison', settings: { ...settings, telemetry: level }, shape };
    this.full = new Exports(new Excess({ ...request, mostRecorded: most, mostPerInstrument: Infinity }));
    this.limited = new Exports(new Excess({ ...request, mostRecorded: most }));
  }

  see(rows: Rows): void {
    if (rows.count > 0) this.rows = rows;
  }

  async measurement(): Promise<LevelMeasurement> {
    const { body } = await gzip(this.full.last.body);
    const share = body.length / Math.max(1, this.full.last.body.length);
    const [full, limited] = [this.full, this.limited].map(({ excess, sums }) =>
      scaledCost(excess, sums.exports, sums, share),
    ) as [ExportCost, ExportCost];
    await Promise.all([this.full.excess.close(), this.limited.excess.close()]);
    // What the limit leaves is all that is sent: only the time that recording takes grows with the series.
    const { exports, points, bytes } = this.limited.sums;
    const sent = { points: points / exports, bytes: bytes / exports, gzip: (bytes / exports) * share };
    return {
      level: this.level,
      stepsPerSecond: (1000 * this.steps) / this.milliseconds,
      export: full,
      limited: { ...limited, ...sent },
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
  // The core is exported every few seconds, not at every step: what one export costs is measured beside the steps.
  if (tally.level === 'core') await tally.full.repeat(program, tally.level, tally.rows);
  await tally.limited.repeat(program, tally.level, tally.rows);
}
