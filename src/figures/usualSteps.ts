// How far a story goes: to what comes of the last thing that is done.
import type { Recipe } from '../core/recipe.ts';

/** After the last thing that is done: enough to see what comes of it. An epoch of images takes that many steps as well. */
const stepsAfter = { points: 800, images: 100 } as const;
const fewestImageSteps = 300;

/** Step up to which the timeline does something. */
export function busyUntil({ timeline }: Recipe): number {
  return Math.max(0, ...timeline.map(({ at, change }) => at + ('steps' in change ? change.steps : 0)));
}

export function usualSteps(recipe: Recipe): number {
  const busy = busyUntil(recipe);
  if (recipe.data === 'mnist') return Math.max(fewestImageSteps, busy + stepsAfter.images);
  return busy + stepsAfter.points;
}
