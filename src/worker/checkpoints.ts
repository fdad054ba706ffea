// The checkpoints of one run: which are kept, which are from before anything was wrong, and which outlive a lost device.
import type { Checkpoint, Kept } from '../engine/engine.ts';

const mostKept = 48;
const mostBytes = 64 * 1024 * 1024;

interface Entry {
  readonly step: number;
  /** Undefined from the loss of its device until the run has computed this step again. */
  kept: Kept | undefined;
  healthy: boolean;
}

function bytesOf({ regions }: Checkpoint): number {
  let sum = 0;
  for (const values of regions.values()) sum += values.byteLength;
  return sum;
}

export class Checkpoints {
  /** Those whose rows have all been seen, in order of steps. */
  #entries: Entry[] = [];
  /** Taken before the rows of the steps before them had arrived: whether they are healthy is not known yet. */
  #ahead: Kept[] = [];
  #most: number | undefined;
  #mirrored: Kept | undefined;

  get steps(): readonly number[] {
    return this.#entries.filter(({ kept }) => kept).map(({ step }) => step);
  }

  /** Steps of the checkpoints that wait for the rows before them. */
  get waiting(): readonly number[] {
    return this.#ahead.map(({ step }) => step);
  }

  has(step: number): boolean {
    return this.#ahead.some((kept) => kept.step === step) || this.at(step) !== undefined;
  }

  /** Keeps one more. Waits for the first of a run alone: it is there from then on, whatever happens to its device, and tells the size of all. */
  async add(kept: Kept): Promise<void> {
    this.#most ??= Math.max(4, Math.min(mostKept, Math.floor(mostBytes / bytesOf(await kept.read()))));
    const lost = this.#entries.find(({ step }) => step === kept.step);
    if (lost) lost.kept = kept;
    else this.#ahead.push(kept);
  }

  /**
   * The rows before step `seen` have been seen: checkpoints up to there are settled, in order of steps; where there are too many, one of
   * the older half goes.
   * @param isNeeded steps that stay: those that the timeline rewinds to
   */
  settle(seen: number, healthy: boolean, isNeeded: (step: number) => boolean): void {
    for (;;) {
      const [kept] = this.#ahead;
      if (!kept || kept.step > seen) return;
      this.#ahead.shift();
      this.#entries.push({ step: kept.step, kept, healthy });
      this.#thin(isNeeded);
    }
  }

  /** Those above step `from` up to step `seen` are judged anew. */
  settleAgain(from: number, seen: number, healthy: boolean): void {
    for (const entry of this.#entries) if (entry.step > from && entry.step <= seen) entry.healthy = healthy;
  }

  /** The checkpoint of exactly this step. */
  at(step: number): Kept | undefined {
    return this.#entries.find((entry) => entry.step === step)?.kept;
  }

  /** Step of the last one at or before a step. */
  before(step: number): number | undefined {
    return this.#entries.findLast((entry) => entry.kept && entry.step <= step)?.step;
  }

  /** Everything at or after the onset of a finding was taken from a run that is no longer healthy. */
  markUnhealthy(onset: number): void {
    for (const entry of this.#entries) if (entry.step >= onset) entry.healthy = false;
  }

  /** The last healthy step before an onset; the run's first where there is none, for nothing lies before it. */
  healthyBefore(onset: number): number {
    const healthy = this.#entries.findLast((entry) => entry.healthy && entry.step < onset);
    return (healthy ?? this.#entries[0])?.step ?? 0;
  }

  /** Brings the newest one to this thread's memory, where a lost device cannot take it. */
  mirror(): void {
    const newest = this.#ahead.at(-1) ?? this.#entries.at(-1)?.kept;
    if (!newest || newest === this.#mirrored) return;
    this.#mirrored = newest;
    // Where it fails the device is lost, and whoever recovers the run finds out what is left.
    newest.read().catch(() => undefined);
  }

  /**
   * After a loss: where to go on from, or undefined for the very beginning. What was never read is gone; of that, what lies after this
   * step is filled in again when the run passes there once more.
   * @param needed steps that the timeline will still rewind to: the run has to pass there again if they are gone
   */
  async recover(needed: readonly number[]): Promise<Checkpoint | undefined> {
    for (const kept of this.#ahead) kept.dispose();
    this.#ahead = [];
    this.#mirrored = undefined;
    const read = await Promise.all(
      this.#entries.map(({ kept }) => kept?.read().catch(() => undefined) ?? Promise.resolve(undefined)),
    );
    this.#entries.forEach((entry, index) => {
      if (read[index]) return;
      entry.kept?.dispose();
      entry.kept = undefined;
    });
    const gone = this.#entries.filter(({ step, kept }) => !kept && needed.includes(step));
    const limit = Math.min(...gone.map(({ step }) => step));
    const base = read.findLast((checkpoint) => checkpoint && checkpoint.step <= limit);
    const from = base?.step ?? -Infinity;
    this.#entries = this.#entries.filter(({ step, kept }) => kept !== undefined || step > from);
    return base;
  }

  /** A step whose checkpoint went with its device. */
  isLost(step: number): boolean {
    return this.#entries.some((entry) => entry.step === step && !entry.kept);
  }

  dispose(): void {
    for (const kept of this.#ahead) kept.dispose();
    for (const { kept } of this.#entries) kept?.dispose();
    this.#ahead = [];
    this.#entries = [];
  }

  #thin(isNeeded: (step: number) => boolean): void {
    if (this.#entries.length <= (this.#most ?? mostKept)) return;
    const spare = this.#spare(isNeeded);
    spare?.kept?.dispose();
    this.#entries = this.#entries.filter((entry) => entry !== spare);
  }

  /** Of the older half the one whose neighbours are nearest to each other: what stays lies evenly over the run, the first one always. */
  #spare(isNeeded: (step: number) => boolean): Entry | undefined {
    const older = this.#entries.slice(1, Math.floor(this.#entries.length / 2));
    let [spare, smallest]: [Entry | undefined, number] = [undefined, Infinity];
    for (const [before, entry] of older.entries()) {
      const gap = (this.#entries[before + 2]?.step ?? Infinity) - (this.#entries[before]?.step ?? 0);
      if (gap < smallest && !isNeeded(entry.step)) [spare, smallest] = [entry, gap];
    }
    return spare;
  }
}
