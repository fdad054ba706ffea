// What a scenario is: a recipe with a story, and what its detectors must say.
import type { Recipe } from '../core/recipe.ts';
import type { DetectorId } from '../detectors/index.ts';
import type { RemedyId } from '../remedies/index.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Heading of its group in the menu. */
  readonly group: string;
  /** What you will see, in a sentence. */
  readonly story: string;
  /** Why it happens, in a sentence. */
  readonly cause: string;
  /** What the telemetry shows, in a sentence. */
  readonly signal: string;
  /** Whatever is wrong stands on its timeline: without it, the run is the twin. */
  readonly recipe: Recipe;
  /** Steps after which all of it has been seen. */
  readonly steps: number;
  /** Detectors that must fire. */
  readonly expected: readonly DetectorId[];
  /** Detectors that may fire as a consequence; all others must stay quiet. */
  readonly may?: readonly DetectorId[];
  /** What helps, in the order worth trying. */
  readonly remedies: readonly RemedyId[];
  /** What its lesson ends with, where there is more to say than what the first remedy cannot do. */
  readonly moral?: string;
}
