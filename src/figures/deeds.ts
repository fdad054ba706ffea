// What was done to the runs, as far as they came: faults, edits, and the remedies that opened the next ones.
import { generationEntries, type Intervention } from '../core/timeline.ts';
import type { RecordedRun } from './recordedRun.ts';
import { lastingSteps } from './words.ts';

/** An entry with the steps that it was reached in, and goes on for. */
export interface Deed {
  readonly entry: Intervention;
  readonly from: number;
  readonly to: number;
}

/** Entries that the runs have reached, each once: one that opens a run was pressed on the run before. */
export function deedsOf(runs: readonly RecordedRun[]): readonly Deed[] {
  return runs.flatMap(({ recipe, generation, end }) => {
    const { own, next } = generationEntries(recipe.timeline, generation);
    const entries = [...own.filter(({ rewindTo }) => rewindTo === undefined), ...(next ? [next] : [])];
    return entries
      .filter(({ at }) => at < end)
      .map((entry) => ({
        entry,
        from: entry.at,
        to: Math.min(end, entry.at + lastingSteps(entry.change)),
      }));
  });
}
