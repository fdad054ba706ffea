// What was in force at each step of a run and its ancestors, and which signals were not emitted there: rows keep their values, watchers do not see them.
import type { Settings } from '../../core/settings.ts';
import { generationStart, settingsAt, settingsPeriods } from '../../core/timeline.ts';
import type { Position } from './chapter.ts';

type Whose = Pick<Position, 'recipe' | 'generation'>;

/** Ids of the signals that are not emitted at a step. */
export type Unemitted = (step: number) => readonly string[];

const nothing: readonly string[] = [];

/** The settings in force at any step of a run's rows, the inherited ones included. */
export function settingsThrough({ recipe, generation }: Whose): (step: number) => Settings {
  const runs = Array.from({ length: generation + 1 }, (_, index) => ({
    begin: generationStart(recipe.timeline, index),
    periods: settingsPeriods(recipe, index),
  }));
  return (step) => {
    const run = runs.findLast(({ begin }) => begin <= step) ?? runs[0];
    return settingsAt(run?.periods ?? [], step);
  };
}

export function unemittedOf(run: Whose): Unemitted {
  const { unemitted, timeline } = run.recipe;
  const isTouched = timeline.some(
    ({ change }) => change.kind === 'set' && change.settings.unemitted !== undefined,
  );
  if (!isTouched) return () => (unemitted.length > 0 ? unemitted : nothing);
  const settings = settingsThrough(run);
  return (step) => settings(step).unemitted;
}
