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

  /**
   * Keeps a checkpoint, in order of steps; every other one of the older half goes where there are too many.
   * @param isNeeded steps that stay: those that the timeline rewinds to
   */
  add(checkpoint: Checkpoint, healthy: boolean, isNeeded: (step: number) => boolean): void {
    this.#kept = this.#kept.filter((kept) => kept.checkpoint.step < checkpoint.step);
    this.#kept.push({ checkpoint, healthy });
    const most = Math.max(4, Math.min(mostKept, Math.floor(mostBytes / bytesOf(checkpoint))));
    if (this.#kept.length <= most) return;
    const older = Math.floor(this.#kept.length / 2);
    this.#kept = this.#kept.filter(
      ({ checkpoint: { step } }, index) => index === 0 || index >= older || index % 2 === 0 || isNeeded(step),
    );
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

  /** The last healthy step before an onset; the run's first where there is none, for nothing lies before it. */
  healthyBefore(onset: number): number {
    const healthy = this.#kept.findLast((kept) => kept.healthy && kept.checkpoint.step < onset);
    return (healthy ?? this.#kept[0])?.checkpoint.step ?? 0;
  }
}
