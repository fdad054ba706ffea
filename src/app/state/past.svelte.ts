// What can be undone: where the run looked at stood before each press, and the way back there.
import type { Recipe } from '../../core/recipe.ts';
import { lastGeneration } from '../../core/timeline.ts';
import type { Run } from './run.svelte.ts';

/** Where a run stood before a press. */
interface Snapshot {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly step: number;
  /** The press moved this threshold, and nothing else. */
  readonly threshold: string | undefined;
}

/** Of a run that a link opened: where it stood before the last entry of its timeline. */
function beforeLast({ recipe, happened }: Run): Snapshot | undefined {
  const last = happened.at(-1);
  if (!last) return undefined;
  const timeline = recipe.timeline.slice(0, happened.length - 1);
  const generation = lastGeneration(timeline);
  return { recipe: { ...recipe, timeline }, generation, step: last.at, threshold: undefined };
}

export class Past {
  #snapshots: readonly Snapshot[] = $state.raw([]);
  /** An undone press is replayed at full speed up to here. */
  #target: Snapshot | undefined;
  #isSilent = false;

  readonly last = $derived(this.#snapshots.at(-1));

  /** Before a press. A threshold that is moved several times in a row goes back in one. */
  remember({ recipe, generation, lastStep }: Run, threshold: string | undefined): void {
    if (threshold !== undefined && this.last?.threshold === threshold) return;
    this.#snapshots = [...this.#snapshots, { recipe, generation, step: lastStep + 1, threshold }];
  }

  forget(): void {
    this.#snapshots = [];
  }

  /** Takes the last press of this page back, or of the link; where to go back to. */
  undo(run: Run): Snapshot | undefined {
    const snapshot = this.last ?? beforeLast(run);
    this.#snapshots = this.#snapshots.slice(0, -1);
    if (snapshot && snapshot.threshold === undefined) [this.#target, this.#isSilent] = [snapshot, true];
    return snapshot;
  }

  /** The run that is started next is replayed at full speed up to a step; its alerts are news. */
  aim({ recipe, generation }: Run, step: number): void {
    this.#isSilent = false;
    this.#target = { recipe, generation, step, threshold: undefined };
  }

  /** A reloaded run goes back to where it stood; nothing on the way is news. */
  goBack({ recipe }: Run, generation: number, step: number): void {
    this.#isSilent = true;
    this.#target = { recipe, generation, step, threshold: undefined };
  }

  /** A run is on its way back to where an undone press was. */
  get isReplayed(): boolean {
    return this.#target !== undefined;
  }

  /** On that way no alert stops it. */
  get isSilent(): boolean {
    return this.isReplayed && this.#isSilent;
  }

  hasReached({ generation, lastStep }: Run): boolean {
    return generation === this.#target?.generation && lastStep + 1 >= this.#target.step;
  }

  arrive(): void {
    this.#target = undefined;
  }
}
