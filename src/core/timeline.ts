// The timeline: interventions with their steps, and what is in force at each step of each generation of a run.
import { applyChange } from './change.ts';
import { pickSettings, type Settings } from './settings.ts';
import type { Intervention } from './timelineSchema.ts';

export type { Intervention } from './timelineSchema.ts';

/** How many times the timeline opens a new run: the generation of its last run. */
export function lastGeneration(timeline: readonly Intervention[]): number {
  return timeline.filter((entry) => entry.rewindTo !== undefined).length;
}

/** Index of the entry that opened `generation` (≥ 1), or −1. */
function forkIndex(timeline: readonly Intervention[], generation: number): number {
  let seen = 0;
  return timeline.findIndex((entry) => entry.rewindTo !== undefined && ++seen === generation);
}

/** The entries that a generation inherits, its own, and the one that opens the next. */
export function generationEntries(timeline: readonly Intervention[], generation: number) {
  const start = generation === 0 ? 0 : forkIndex(timeline, generation);
  const next = forkIndex(timeline, generation + 1);
  return {
    inherited: timeline.slice(0, start),
    own: timeline.slice(start, next < 0 ? undefined : next),
    next: next < 0 ? undefined : timeline[next],
  };
}

/** Step at which a generation begins: where its opening entry rewinds to, or 0. */
export function generationStart(timeline: readonly Intervention[], generation: number): number {
  return generation === 0 ? 0 : (timeline[forkIndex(timeline, generation)]?.rewindTo ?? 0);
}

export interface SettingsPeriod {
  readonly fromStep: number;
  readonly settings: Settings;
}

type Timed = Settings & { readonly timeline: readonly Intervention[] };

/**
 * The settings of one generation as periods in order of their first step, the first at the step where it begins.
 * A generation starts under all settings in force when its opening entry was pressed, then that entry's own: a rewind alone cures
 * no bad setting.
 */
export function settingsPeriods(recipe: Timed, generation: number): readonly SettingsPeriod[] {
  const { inherited, own } = generationEntries(recipe.timeline, generation);
  const base = inherited.reduce(
    (settings, entry) => applyChange(settings, entry.change),
    pickSettings(recipe),
  );
  const begin = generationStart(recipe.timeline, generation);
  const periods: SettingsPeriod[] = [{ fromStep: begin, settings: base }];
  for (const entry of own) {
    const fromStep = entry.rewindTo ?? entry.at;
    const before = periods.at(-1)?.settings ?? base;
    if (periods.at(-1)?.fromStep === fromStep) periods.pop();
    periods.push({ fromStep, settings: applyChange(before, entry.change) });
  }
  return periods;
}

/** The periods of a generation after those of its ancestors up to where it begins: what was in force in every row that it has. */
export function lineagePeriods(recipe: Timed, generation: number): readonly SettingsPeriod[] {
  const own = settingsPeriods(recipe, generation);
  if (generation === 0) return own;
  const begin = generationStart(recipe.timeline, generation);
  return [...lineagePeriods(recipe, generation - 1).filter(({ fromStep }) => fromStep < begin), ...own];
}

/** The settings in force at `step` of a list of periods. */
export function settingsAt(periods: readonly SettingsPeriod[], atStep: number): Settings {
  const found = periods.findLast((period) => period.fromStep <= atStep) ?? periods[0];
  if (!found) throw new Error('settings periods are empty: a generation has at least one');
  return found.settings;
}
