// What a lesson is: beats over one run, each of which says something, may press or ask something, and waits for its end.
import type { Recipe } from '../core/recipe.ts';
import type { DetectorId } from '../detectors/index.ts';
import type { FaultId } from '../faults/index.ts';
import type { RemedyId } from '../remedies/index.ts';
import type { SignalId } from '../signals/index.ts';

/** The dots over a lesson. */
export const stages = ['predict', 'break', 'explain', 'fix'] as const;
export type Stage = (typeof stages)[number];

/** A run as words and expectations read it. */
export interface RunFacts {
  /** Step of the last row, or −1. */
  readonly step: number;
  /** As computed, whether emitted or not; undefined where there is none. */
  readonly value: (signal: SignalId, step: number, layer?: number) => number | undefined;
  /** Step at which a detector first fired. */
  readonly fired: (detector: DetectorId) => number | undefined;
}

/** How somebody searched the wall. */
export interface Search {
  /** From the fault to the right chart; undefined = not found. */
  readonly seconds: number | undefined;
  readonly wrong: number;
  readonly gaveUp: boolean;
}

/** What the words of a beat may know. */
export interface Seen extends RunFacts {
  /** Step at which the last fault of the lesson struck. */
  readonly faultAt: number | undefined;
  readonly search: Search;
  /** Where the run was trained again at every telemetry level: whether its detector fired at one and the same step. */
  readonly isSameAtEveryLevel: boolean;
}

/** One line, in two parts: what happened, and what follows. */
export type Say = readonly [happened: string, next: string];

/** A tap, kept and shown again in the receipt beside what happened; never scored. */
interface Question {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  /** In the receipt. */
  readonly happened: (seen: Seen) => string;
}

/** What stands in the card under the words. */
export type BeatCard = 'search' | 'levels' | 'bill' | 'six' | 'receipt';

/** What a beat waits for: the run to be there, an answer, the search to end, or a button with these words. */
type Until = 'there' | 'answered' | 'searched' | { readonly press: string };

export interface Beat {
  readonly id: string;
  readonly stage: Stage;
  readonly say: (seen: Seen) => Say;
  /** More of it, in the card. */
  readonly text?: string;
  /** Pressed when the beat begins; the run stands at exactly the step to which the beat before took it. */
  readonly press?: { readonly fault: FaultId } | { readonly remedy: RemedyId };
  /** The run trains to this step, and rests there; without it the run rests. */
  readonly to?: number;
  /** The same, in steps from where the run is. */
  readonly further?: number;
  /** Steps per second. */
  readonly pace?: number | 'max';
  readonly until: Until;
  readonly ask?: Question;
  readonly card?: BeatCard;
  readonly show?: 'wall' | 'charts';
  /** Lamps and track are covered: they would tell. */
  readonly isCovered?: true;
  /** Rings the weights that the fault moved. */
  readonly isMarked?: true;
  /** It tells an answer: a teacher’s link hides it until asked. */
  readonly explains?: true;
}

/** Signals to choose from, and the scenarios against which a choice is run. */
export interface Choice {
  readonly most: number;
  readonly candidates: readonly SignalId[];
  /** Ids of scenarios, each with one fault. */
  readonly against: readonly string[];
}

/** What must be so in the run of a lesson, or its words would be wrong. */
interface Expectation {
  readonly words: string;
  readonly holds: (run: RunFacts) => boolean;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** In the menu. */
  readonly about: string;
  readonly recipe: Recipe;
  /** Detector that shows what the lesson is about. */
  readonly detector: DetectorId;
  /** For a beat with the card `six`. */
  readonly choice?: Choice;
  /** Step by which everything that is expected has happened. */
  readonly steps: number;
  readonly expect: readonly Expectation[];
  readonly beats: readonly Beat[];
}
