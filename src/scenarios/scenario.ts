// What a scenario is: a recipe with a story, and what its detectors must say.
import type { Recipe } from '../core/recipe.ts';
import type { DetectorId } from '../detectors/index.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Heading of its group in the menu. */
  readonly group: string;
  /** What you will see, in a sentence. */
  readonly story: string;
  readonly recipe: Recipe;
  /** Detectors that must fire; all others must stay quiet. */
  readonly expected: readonly DetectorId[];
}
