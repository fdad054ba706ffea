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
  /** Step at which it would have fired first with every signal emitted; on the page known once the run was shipped. */
  readonly wouldFire: (detector: DetectorId) => number | undefined;
}

/** How somebody searched the wall. */
export interface Search {
  /** From the fault to the right chart; undefined = not found. */
  readonly seconds: number | undefined;
  readonly wrong: number;
  readonly gaveUp: boolean;
}

/** What came of shipping. */
export interface Shipped {
  /** Step of the last row. */
  readonly at: number;
  /** Share that is right in production; undefined = still being judged. */
  readonly right: number | undefined;
}

/** What the words of a beat may know. */
export interface Seen extends RunFacts {
  /** Step at which the last fault of the lesson struck. */
  readonly faultAt: number | undefined;
  readonly search: Search;
  /** Where the run was trained again at every telemetry level: whether its detector fired at one and the same step. */
  readonly isSameAtEveryLevel: boolean;
  /** Of the last time that the run was shipped. */
  readonly shipped: Shipped | undefined;
}

/** One line, in two parts: what happened, and what follows. */
export type Say = readonly [happened: string, next: string];

/** A tap, kept and shown again in the receipt beside what happened; never scored. */
interface Question {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  /** Each signal lamp is a choice too, pressed where it stands. */
  readonly lamps?: {
    /** Under the choices. */
    readonly hint: string;
    /** The answer in the receipt. */
    readonly words: (lamp: string) => string;
  };
  /** In the receipt. */
  readonly happened: (seen: Seen) => string;
}

/** What stands in the card under the words. */
export type BeatCard = 'search' | 'levels' | 'bill' | 'six' | 'post-mortem' | 'receipt';

/**
 * What would tell, and is covered: the lamps with the alerts on the track; the marks of what was done to the run, and the buttons that do it;
 * what the network makes of its inputs.
 */
export type Cover = 'lamps' | 'happened' | 'surface';

/** A fault, a remedy, or what else the page has a button for: shipping, and the same run from step 0 with every signal emitted. */
export type Press =
  { readonly fault: FaultId } | { readonly remedy: RemedyId } | { readonly act: 'ship' | 'replay-emitting' };

/** What a beat waits for: the run to be there, an answer, the search to end, or a button with these words. */
type Until = 'there' | 'answered' | 'searched' | { readonly press: string };

export interface Beat {
  readonly id: string;
  readonly stage: Stage;
  readonly say: (seen: Seen) => Say;
  /** More of it, in the card. */
  readonly text?: string;
  /** Pressed when the beat begins; the run stands at exactly the step to which the beat before took it. */
  readonly press?: Press;
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
  readonly covers?: readonly Cover[];
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
  /** What the receipt offers to copy. */
  readonly takeHome: { readonly text: string; readonly drawer: 'signals' | 'rules' };
  readonly beats: readonly Beat[];
}
