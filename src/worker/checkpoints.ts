// The checkpoints of one run: which are kept, and which are from before anything was wrong.
import type { Checkpoint } from '../engine/engine.ts';

const mostKept = 48;
const mostBytes = 64 * 1024 * 1024;

function bytesOf({ regions }: Checkpoint): number {
  let sum = 0;
  for (const values of regions.values()) sum += values.byteLength;
  return sum;
}

export class Checkpoints {
  #kept: { readonly checkpoint: Checkpoint; healthy: boolean }[] = [];

  get steps(): readonly number[] {
    return this.#kept.map(({ checkpoint }) => checkpoint.step);
  }

  get last(): Checkpoint | undefined {
    return this.#kept.at(-1)?.checkpoint;
  }

  /** Keeps a checkpoint, in order of steps; older ones are thinned out by step and size alone, so that a replay keeps the same. */
  add(checkpoint: Checkpoint, healthy: boolean): void {
    this.#kept = this.#kept.filter((kept) => kept.checkpoint.step < checkpoint.step);
    this.#kept.push({ checkpoint, healthy });
    const most = Math.max(4, Math.min(mostKept, Math.floor(mostBytes / bytesOf(checkpoint))));
    if (this.#kept.length <= most) return;
    const older = Math.floor(this.#kept.length / 2);
    this.#kept = this.#kept.filter((_, index) => index === 0 || index >= older || index % 2 === 0);
  }

  /** The checkpoint of exactly this step. */
  at(step: number): Checkpoint | undefined {
    return this.#kept.find(({ checkpoint }) => checkpoint.step === step)?.checkpoint;
  }

  /** The last one at or before a step. */
  before(step: number): Checkpoint | undefined {
    return this.#kept.findLast(({ checkpoint }) => checkpoint.step <= step)?.checkpoint;
  }

  /** Everything at or after the onset of a finding was taken from a run that is no longer healthy. */
  markUnhealthy(onset: number): void {
    for (const kept of this.#kept) if (kept.checkpoint.step >= onset) kept.healthy = false;
  }

  /** The last healthy step before an onset; 0 where there is none, since every run starts healthy. */
  healthyBefore(onset: number): number {
    return (
      this.#kept.findLast(({ checkpoint, healthy }) => healthy && checkpoint.step < onset)?.checkpoint.step ??
      0
    );
  }
}
