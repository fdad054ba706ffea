// One run as it is written down: what it did, what its rows hold and what was found in them, whoever trained it, the page or a script.
import type { Rows } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import type { Series } from './series.ts';

export interface RecordedRun {
  readonly recipe: Recipe;
  readonly generation: number;
  /** A, B … as on the page. */
  readonly name: string;
  /** First step of its own, and the step after its last. */
  readonly begin: number;
  readonly end: number;
  /** Of its own steps. */
  readonly rows: Rows;
  /** From step 0 on, those of its ancestors included. */
  readonly allRows: Rows;
  /** What was raised already when it began. */
  readonly inherited: readonly Finding[];
  readonly detected: readonly { readonly event: DetectorEvent }[];
  /** Steps before which a checkpoint was taken. */
  readonly checkpoints: readonly number[];
  /** Share of what users send that is classified rightly, where it was looked up along the run; otherwise empty. */
  readonly production: Series;
}
