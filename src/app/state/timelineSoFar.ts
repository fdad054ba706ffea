// The timeline of a run as far as it has come: what a run starts with, what has taken effect, and what a press adds.
import type { Recipe } from '../../core/recipe.ts';
import { generationEntries, type Intervention } from '../../core/timeline.ts';
import type { Position } from './chapter.ts';

type Whose = Pick<Position, 'recipe' | 'generation'>;

/** How many entries a run starts with: its ancestors' and the one that opened it. */
export function entriesAtStart({ recipe, generation }: Whose): number {
  return generation === 0 ? 0 : generationEntries(recipe.timeline, generation).inherited.length + 1;
}

/** Entries that have taken effect before a step, the ancestors' included. */
export function happenedEntries({ recipe, generation, step }: Position): readonly Intervention[] {
  const { inherited, own } = generationEntries(recipe.timeline, generation);
  return [...inherited, ...own.filter((entry, index) => (index === 0 && generation > 0) || entry.at <= step)];
}

/**
 * The recipe after an entry took effect, the one at `index` of its timeline. An entry of a link is there already; a live one replaces
 * whatever the link still had ahead.
 */
export function recorded(recipe: Recipe, index: number, entry: Intervention): Recipe {
  const { timeline } = recipe;
  if (JSON.stringify(timeline[index]) === JSON.stringify(entry)) return recipe;
  return { ...recipe, timeline: [...timeline.slice(0, index), entry] };
}
