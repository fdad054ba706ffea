// What the words on the page rest on: the situation as plain values, read from the runs once per change.
import type { RecipeProblem } from '../../core/recipe.ts';
import type { Intervention } from '../../core/timeline.ts';
import type { Alert } from './alerts.ts';
import type { Chapter } from './chapter.ts';
import type { Held } from './held.ts';
import type { PostMortem } from './postMortem.ts';
import type { Receipt } from './receipt.ts';
import type { Status } from './run.svelte.ts';

/** Right on validation: now, and before the fault. */
export interface Accuracy {
  /** What “right” is called: of numbers “within a tenth”. */
  readonly right: string;
  readonly now: number | undefined;
  readonly beforeFault: number | undefined;
  readonly training: number | undefined;
  /** Right on validation is emitted. */
  readonly isEmitted: boolean;
}

export interface Facts {
  readonly status: Status;
  readonly problems: readonly RecipeProblem[];
  readonly chapter: Chapter;
  readonly runName: string;
  /** Step of the last row, or −1. */
  readonly step: number;
  /** Dataset id. */
  readonly data: string;
  readonly hidden: readonly number[];
  readonly learned: boolean;
  readonly waiting: { readonly by: string; readonly untilAbout: number } | undefined;
  readonly accuracy: Accuracy;
  /** Faults that are in force: this run's own, or those that a repaired run was opened against. */
  readonly faults: readonly Intervention[];
  /** The alert that the card is about. */
  readonly alert: Alert | undefined;
  /** Signals that are not there; no alert. */
  readonly gap: Alert | undefined;
  /** Entries of the timeline that came with the scenario: nobody pressed them. */
  readonly staged: readonly Intervention[];
  /** The alert's own number as it is now, where it is about the value of one signal, or of validation ÷ training. */
  readonly alertValue: number | undefined;
  /** Of a spike, the highest so far: gradient norm ÷ its average, loss ÷ what it was. */
  readonly peak: { readonly gradient: number; readonly loss: number } | undefined;
  readonly lossIsNaN: boolean;
  /** What the remedy did and where it started, for a repaired run. */
  readonly remedy: string | undefined;
  readonly receipt: Receipt | undefined;
  readonly held: Held | undefined;
  /** Of the run as it was shipped, while its card is open. */
  readonly postMortem: PostMortem | undefined;
}
