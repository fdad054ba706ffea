// The runs of a race as recipes of their own: the same steps up to where they leave the lesson’s run, so nothing is forked.
import type { Recipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods, type Intervention } from '../core/timeline.ts';
import { remedyOf, type RemedyId } from '../remedies/index.ts';
import type { Race } from './lesson.ts';

/** Where the run stands that a race leaves. */
export interface RaceStart {
  /** Step at which it rests. */
  readonly here: number;
  /** Of the last checkpoint before the alert; undefined = there was none. */
  readonly healthy: number | undefined;
}

/** What was pressed on the run itself, without what opens another one. */
function ownEntries({ timeline }: Recipe): readonly Intervention[] {
  const first = timeline.findIndex(({ rewindTo }) => rewindTo !== undefined);
  return first < 0 ? timeline : timeline.slice(0, first);
}

function lastCheckpointBefore({ timeline, checkpointEvery }: Recipe, here: number): number {
  const struck = timeline[0]?.at ?? here;
  return Math.floor(struck / checkpointEvery) * checkpointEvery;
}

/** The step at which the runs of a race leave that of the lesson. */
export function leavesAt({ from }: Pick<Race, 'from'>, recipe: Recipe, { here, healthy }: RaceStart): number {
  if (from === 'healthy') return healthy ?? here;
  return from === 'before' ? lastCheckpointBefore(recipe, here) : here;
}

/** @param at the step at which the remedy is pressed: what came before stays, and where the fault is to strike again what comes after */
export function laneRecipe(
  { from }: Pick<Race, 'from'>,
  recipe: Recipe,
  at: number,
  remedyId: RemedyId,
): Recipe {
  const remedy = remedyOf(remedyId);
  const entries = ownEntries(recipe);
  const earlier = entries.filter((entry) => entry.at < at);
  const later = from === 'before' ? entries.filter((entry) => entry.at >= at) : [];
  const before = { ...recipe, timeline: earlier };
  if (!remedy) return before;
  const settings = settingsAt(settingsPeriods(before, 0), at);
  const pressed = { at, by: remedy.id, change: remedy.change({ recipe, settings }) };
  return { ...recipe, timeline: [...earlier, pressed, ...later] };
}
