// A lesson's run as a recipe: everything that the lesson itself breaks, at the steps at which it does.
import type { Recipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods, type Intervention } from '../core/timeline.ts';
import { faultOf } from '../faults/index.ts';
import type { Beat, Lesson } from './lesson.ts';

function entryOf(beat: Beat, recipe: Recipe, at: number): Intervention | undefined {
  const { press } = beat;
  const fault = press && 'fault' in press ? faultOf(press.fault) : undefined;
  if (!fault) return undefined;
  const settings = settingsAt(settingsPeriods(recipe, 0), at);
  const presses = recipe.timeline.filter(({ by }) => by === fault.id).length;
  return { at, by: fault.id, change: fault.change({ recipe, settings, presses }) };
}

/** @param recipe the lesson's, or the same with another seed */
export function plannedRecipe({ beats }: Pick<Lesson, 'beats'>, recipe: Recipe): Recipe {
  let step = 0;
  let planned = recipe;
  for (const beat of beats) {
    const entry = entryOf(beat, planned, step);
    if (entry) planned = { ...planned, timeline: [...planned.timeline, entry] };
    step = beat.to ?? step;
  }
  return planned;
}
