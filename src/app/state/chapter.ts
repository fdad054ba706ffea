// Where a run stands in the story of its timeline: healthy, broken, repaired, or replayed to see whether the repair would have held.
import type { Recipe } from '../../core/recipe.ts';
import { pickSettings, type Settings } from '../../core/settings.ts';
import { applyChange } from '../../core/change.ts';
import {
  generationEntries,
  generationStart,
  settingsAt,
  settingsPeriods,
  type Intervention,
} from '../../core/timeline.ts';
import { faultOf } from '../../faults/index.ts';
import { remedyOf } from '../../remedies/index.ts';

/** A run of a recipe's timeline and the step that it computes next. */
export interface Position {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly step: number;
}

export type Chapter = 'healthy' | 'broken' | 'repaired' | 'replayed';

export function isFault(entry: Intervention): boolean {
  return faultOf(entry.by) !== undefined;
}

/** The entry that opened this run, where one did. */
export function openingEntry({ recipe, generation }: Position): Intervention | undefined {
  const [first] = generationEntries(recipe.timeline, generation).own;
  return first?.rewindTo === undefined ? undefined : first;
}

/** Step at which this run's own rows begin. */
export function startOf({ recipe, generation }: Position): number {
  return generationStart(recipe.timeline, generation);
}

/** Faults pressed on this run itself, whether reached yet or not. */
export function ownFaults({ recipe, generation }: Position): readonly Intervention[] {
  return generationEntries(recipe.timeline, generation).own.filter(isFault);
}

export function reachedFaults(position: Position): readonly Intervention[] {
  return ownFaults(position).filter((entry) => entry.at <= position.step);
}

/** The faults that this run was opened against: those of its nearest ancestor that has any. */
export function causeFaults(position: Position): readonly Intervention[] {
  for (let generation = position.generation - 1; generation >= 0; generation--) {
    const faults = ownFaults({ ...position, generation });
    if (faults.length > 0) return faults;
  }
  return [];
}

function isReplay(own: readonly Intervention[], cause: readonly Intervention[]): boolean {
  return own.length > 0 && JSON.stringify(own) === JSON.stringify(cause.slice(0, own.length));
}

export function chapterOf(position: Position): Chapter {
  const opening = openingEntry(position);
  if (opening && remedyOf(opening.by)) {
    const own = ownFaults(position);
    if (own.length === 0) return 'repaired';
    if (isReplay(own, causeFaults(position))) return 'replayed';
    if (reachedFaults(position).length === 0) return 'repaired';
  }
  return reachedFaults(position).length > 0 ? 'broken' : 'healthy';
}

/** The settings in force at the position. */
export function settingsNow({ recipe, generation, step }: Position): Settings {
  return settingsAt(settingsPeriods(recipe, generation), step);
}

/** The settings in force just before an entry of the timeline. */
export function settingsBefore(recipe: Recipe, entry: Intervention): Settings {
  const earlier = recipe.timeline.slice(0, recipe.timeline.indexOf(entry));
  return earlier.reduce((settings, { change }) => applyChange(settings, change), pickSettings(recipe));
}
