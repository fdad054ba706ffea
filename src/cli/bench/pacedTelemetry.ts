// What OpenTelemetry takes from a run that makes 1,000 steps a second: its work in the training thread, export within the page included.
import { Rows } from '../../core/layout.ts';
import { batchPlan } from '../../data/batches.ts';
import { makeMonitor } from '../../detectors/monitor.ts';
import { compilePlain } from '../../engine/compiled/plain.ts';
import { RunTelemetry } from '../../telemetry/runTelemetry.ts';
import { nextTask } from '../../worker/waiting.ts';
import type { PacedShare } from './result.ts';
import { median } from './statistics.ts';
import type { Task } from './task.ts';

/** Of 1,000 steps per second. */
const stepMs = 1;
/** Steps of one advance, as the training thread has them in plain JavaScript, and between two messages to the page. */
const chunk = 4;
const frame = 16;
/** Five exports of the metrics each; the first repeat is warm-up. */
const stepsPerRepeat = 25_000;
const repeats = 5;
const block = 500;

const identity = { runId: 'bench', engine: 'compiled.plain', adapter: '', seed: 1, recipe: '', startTime: 0 };

/** A run whose clock counts its steps, so that it makes 1,000 a second however fast this machine is. */
class PacedRun {
  readonly #checkpointEvery: number;
  readonly #program;
  readonly #telemetry: RunTelemetry;
  readonly #monitor;
  readonly #stepsPerEpoch: number;
  #told = 0;
  #ids = 0;

  constructor({ recipe, request }: Task) {
    this.#checkpointEvery = recipe.checkpointEvery;
    this.#program = compilePlain(request);
    this.#monitor = makeMonitor(recipe, this.#program.layout);
    this.#stepsPerEpoch = batchPlan(recipe, recipe, request.dataset).batchesPerEpoch;
    const id = (length: number): string => (++this.#ids).toString(16).padStart(length, '0');
    const ids = { generateTraceId: () => id(32), generateSpanId: () => id(16) };
    this.#telemetry = new RunTelemetry(identity, { script: { now: () => this.#told * stepMs, ids } });
  }

  /** Rows of one block, by advance. */
  async train(): Promise<readonly Rows[]> {
    const rows: Rows[] = [];
    for (let step = 0; step < block; step += chunk) {
      await this.#program.advance(chunk);
      rows.push(new Rows(this.#program.layout, await this.#program.rows()));
    }
    return rows;
  }

  async tell(advances: readonly Rows[]): Promise<void> {
    const every = this.#checkpointEvery;
    for (const rows of advances) {
      const from = this.#told;
      this.#told += chunk;
      this.#telemetry.advanced({
        rows,
        seen: this.#told,
        checkpoints: from % every < chunk ? [from - (from % every)] : [],
        stepsPerEpoch: this.#stepsPerEpoch,
        steps: chunk,
        milliseconds: chunk * stepMs,
      });
      if (this.#told % frame === 0) this.#telemetry.take();
    }
    // An export goes on after the call that asks for it.
    await nextTask();
  }

  detect(advances: readonly Rows[]): void {
    for (const rows of advances) this.#monitor.push(rows);
  }

  dispose(): void {
    this.#program.dispose();
  }
}

async function time(work: () => Promise<void> | void): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Telemetry, and the detectors beside it, block by block in turns with the training that they belong to. */
export async function measurePaced(task: Task): Promise<PacedShare> {
  const run = new PacedRun(task);
  const shares: { readonly telemetry: number; readonly detectors: number }[] = [];
  for (let repeat = 0; repeat <= repeats; repeat++) {
    let [telemetry, detectors, idle] = [0, 0, 0];
    for (let step = 0; step < stepsPerRepeat; step += block) {
      const rows = await run.train();
      idle += await time(nextTask);
      telemetry += await time(() => run.tell(rows));
      detectors += await time(() => run.detect(rows));
    }
    const whole = stepsPerRepeat * stepMs;
    if (repeat > 0) shares.push({ telemetry: (telemetry - idle) / whole, detectors: detectors / whole });
  }
  run.dispose();
  return {
    net: task.net.id,
    telemetry: median(shares.map((share) => share.telemetry)),
    detectors: median(shares.map((share) => share.detectors)),
  };
}
