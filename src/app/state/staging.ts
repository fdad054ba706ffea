// What a recipe has from its scenario, and what a person changed of it.
import { applyChange } from '../../core/change.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Intervention } from '../../core/timeline.ts';
import { checkTimeline } from '../../core/timelineCheck.ts';
import type { Scenario } from '../../scenarios/scenario.ts';

/** The first entries of a recipe that are the scenario's own: nobody pressed them. */
export function stagedEntries({ timeline }: Recipe, { recipe }: Scenario): readonly Intervention[] {
  const brought = recipe.timeline.map((entry) => JSON.stringify(entry));
  const other = timeline.findIndex((entry, index) => JSON.stringify(entry) !== brought[index]);
  return other < 0 ? timeline : timeline.slice(0, other);
}

/**
 * The scenario's own timeline, and what was changed of its recipe. Layers for which that timeline was not made go with what was pressed.
 */
export function fromStart(recipe: Recipe, scenario: Scenario): Recipe {
  const { timeline } = scenario.recipe;
  const fits = checkTimeline(timeline, recipe.hidden).length === 0;
  return fits ? { ...recipe, timeline } : scenario.recipe;
}

/** The recipe with the settings that were changed by hand, without faults and remedies. */
export function editedByHand(recipe: Recipe, staged: readonly Intervention[]): Recipe {
  return recipe.timeline
    .slice(staged.length)
    .filter(({ by }) => by === 'edit')
    .reduce((edited, { change }) => ({ ...edited, ...applyChange(edited, change) }), recipe);
}
