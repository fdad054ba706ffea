// What a fault is: one press that breaks training.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import type { Change } from '../core/change.ts';

/** What a fault may know when it is pressed. */
export interface FaultContext {
  readonly recipe: Recipe;
  /** Settings in force at this step. */
  readonly settings: Settings;
  /** How often this fault has been pressed on this run before. */
  readonly presses: number;
}

export interface Fault {
  readonly id: string;
  /** On the button. */
  readonly title: string;
  /** On a small button. */
  readonly short: string;
  /** Whether it is one of the main ways to break training, or one of the others. */
  readonly group: 'main' | 'more';
  /** It changes what is seen or sent, not the training: any other fault may join it on the same run. */
  readonly leavesTraining?: true;
  /** Under the title: what one more press does. */
  describe(context: FaultContext): string;
  /** Why it cannot be pressed, or null. */
  blocked(context: FaultContext): string | null;
  change(context: FaultContext): Change;
  /** What happened, for the narrator and the timeline: “You …”. */
  told(change: Change): string;
}
