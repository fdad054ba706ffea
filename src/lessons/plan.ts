// A lesson’s runs as recipes: everything that the lesson itself breaks, at the steps at which it does.
import type { Recipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods, type Intervention } from '../core/timeline.ts';
import { faultOf } from '../faults/index.ts';
import type { Beat, LessonBody } from './lesson.ts';

/** A beat, the run that it goes on with, and the steps at which it begins and ends. */
export interface PlannedBeat {
  readonly beat: Beat;
  /** With what has been pressed so far, this beat’s own fault included. */
  readonly recipe: Recipe;
  readonly begins: number;
  readonly ends: number;
}

function entryOf({ press }: Beat, recipe: Recipe, at: number): Intervention | undefined {
  const fault = press && 'fault' in press ? faultOf(press.fault) : undefined;
  if (!fault || !press || !('fault' in press)) return undefined;
  const settings = settingsAt(settingsPeriods(recipe, 0), at);
  const presses = recipe.timeline.filter(({ by }) => by === fault.id).length;
  return { at, by: fault.id, change: press.change ?? fault.change({ recipe, settings, presses }) };
}

function endOf({ to, further }: Beat, begins: number): number {
  return to ?? begins + (typeof further === 'number' ? further : 0);
}

/** @param recipe the lesson's, or the same with another seed, which then is that of every run */
export function plannedBeats({ beats }: Pick<LessonBody, 'beats'>, recipe: Recipe): readonly PlannedBeat[] {
  const planned: PlannedBeat[] = [];
  let [step, now] = [0, recipe];
  for (const beat of beats) {
    if (beat.press && 'recipe' in beat.press) [step, now] = [0, { ...beat.press.recipe, seed: recipe.seed }];
    const entry = entryOf(beat, now, step);
    if (entry) now = { ...now, timeline: [...now.timeline, entry] };
    planned.push({ beat, recipe: now, begins: step, ends: endOf(beat, step) });
    step = endOf(beat, step);
  }
  return planned;
}

const opens = ({ beat }: PlannedBeat): boolean => beat.press !== undefined && 'recipe' in beat.press;

/** The beats of one run: from the one that opens it (or the first) to the next that opens another. */
export function stretchFrom(planned: readonly PlannedBeat[], opener?: string): readonly PlannedBeat[] {
  const first = opener === undefined ? 0 : planned.findIndex(({ beat }) => beat.id === opener);
  const length = planned.slice(first + 1).findIndex(opens);
  return planned.slice(first, length < 0 ? undefined : first + 1 + length);
}

/** The run with which the lesson begins. */
export function plannedRecipe(lesson: Pick<LessonBody, 'beats'>, recipe: Recipe): Recipe {
  return stretchFrom(plannedBeats(lesson, recipe)).at(-1)?.recipe ?? recipe;
}
