// What a lesson is: beats over one run, each of which says something, may press or ask something, and waits for its end.
import type { Change } from '../core/change.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Finding } from '../detectors/detector.ts';
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
  /** First step of its own: a fork's rows from before it are those of the run that it was forked from. */
  readonly begin: number;
  /** Hidden layers. */
  readonly layers: number;
  /** As computed, whether emitted or not; undefined where there is none. */
  readonly value: (signal: SignalId, step: number, layer?: number) => number | undefined;
  /** Step at which a detector first fired. */
  readonly fired: (detector: DetectorId) => number | undefined;
  /** What it then reported. */
  readonly finding: (detector: DetectorId) => Finding | undefined;
  /** Step at which it first said anything: a warning counts. */
  readonly warned: (detector: DetectorId) => number | undefined;
  /** Step at which it would have fired first with every signal emitted; on the page known once the run was shipped. */
  readonly wouldFire: (detector: DetectorId) => number | undefined;
  /** Signals that are not emitted at a step. */
  readonly unemitted: (step: number) => readonly string[];
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

/** A run of a race, with the remedy in it. */
export interface LaneFacts extends Omit<RunFacts, 'begin' | 'layers' | 'unemitted'> {
  /** Step at which it left the lesson’s run. */
  readonly from: number;
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
  /** The run that this one was forked from. */
  readonly before: RunFacts | undefined;
  /** By question. */
  readonly answers: Readonly<Record<string, string>>;
  /** Share that is right in production, once the beat has unsealed it. */
  readonly production: number | undefined;
  /** Of the last race, once it is over, by remedy. */
  readonly lane: (remedy: RemedyId) => LaneFacts | undefined;
  /** As it stood when a beat ended; undefined = it has not ended. */
  readonly after: (beat: string) => Seen | undefined;
}

/** One line, in two parts: what happened, and what follows. */
export type Say = readonly [happened: string, next: string];

/** What can be drawn on a choice in place of words. */
export type Drawing =
  /** Of a decision surface: the likelihood of the outer class at a point, both inputs from −1 to 1. */
  | { readonly surface: (x: number, y: number) => number }
  /** Charts of a scenario, trained when it is asked; without their names. */
  | { readonly scenario: string; readonly from: number; readonly to: number };

/** A choice. What is drawn is drawn above its words. */
interface Option {
  readonly id: string;
  readonly text: string;
  readonly drawing?: Drawing;
}

/** Where on the page an answer can be pointed at: a signal lamp, a step in charts and track, a layer among the tiles. */
export type Place = 'lamps' | 'steps' | 'layers';

/** A tap, kept and shown again in the receipt beside what happened; never scored. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Option[];
  /** What is pressed there is a choice too. */
  readonly points?: {
    readonly at: Place;
    /** Under the choices. */
    readonly hint: string;
    /** The answer in the receipt; a lamp by its name. */
    readonly words: (answer: string) => string;
  };
  /** In the receipt; without it the question does not come up again. */
  readonly happened?: (seen: Seen) => string;
}

/** Copies of the lesson’s run that leave it at one step, each with one remedy, trained beside each other. */
export interface Race {
  /**
   * `here`: where it rests. `healthy`: at the last checkpoint before the alert. `before`: at the last checkpoint before the fault, which then
   * strikes every one of them.
   */
  readonly from: 'here' | 'healthy' | 'before';
  readonly remedies: readonly RemedyId[];
  readonly steps: number;
  /** Steps per second. */
  readonly pace: number;
  /** What they are compared by. */
  readonly signal: 'loss' | 'validation_accuracy';
  /** What became of one. */
  readonly verdict: (lane: LaneFacts) => string;
}

/** What stands in the card under the words. */
export type BeatCard =
  'search' | 'levels' | 'bill' | 'six' | 'race' | 'shift' | 'windows' | 'square' | 'post-mortem' | 'receipt';

/**
 * What would tell, and is covered: the lamps with the alerts on the track; the marks of what was done to the run, and the buttons that do it;
 * what the network makes of its inputs; the charts.
 */
export type Cover = 'lamps' | 'happened' | 'surface' | 'charts';

/**
 * A fault, if need be in another measure than its button has; a remedy; another run in place of this one; or what else the page has a button
 * for: shipping, and the same run from step 0 with every signal emitted.
 */
export type Press =
  | { readonly fault: FaultId; readonly change?: Change }
  | { readonly remedy: RemedyId }
  | { readonly recipe: Recipe }
  | { readonly act: 'ship' | 'replay-emitting' };

/** What a beat waits for: the run to be there, an answer to each question, the search or the race to end, or a button with these words. */
type Until = 'there' | 'answered' | 'searched' | 'raced' | { readonly press: string };

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
  /** The same, in steps from where the run is; `on` = for as long as the beat lasts. */
  readonly further?: number | 'on';
  /** Steps per second. */
  readonly pace?: number | 'max';
  /** A warning slows the run down, so that what it warns of can be watched. */
  readonly slows?: true;
  readonly until: Until;
  /** One after another. */
  readonly asks?: readonly Question[];
  readonly card?: BeatCard;
  /** It is run when the beat begins. */
  readonly race?: Race;
  /** How much is right in production is open from here on. */
  readonly unseals?: true;
  /** From here on: the wall, the charts as ever, or those of what the lesson is about. */
  readonly show?: 'wall' | 'charts' | 'story';
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
  /** It is about runs beside that of the lesson: they are trained only for a seed whose own run is as it should be. */
  readonly besides?: true;
  readonly holds: (run: Rehearsed) => boolean;
}

/** A lesson’s run as its beats press it, and the runs beside it. */
export interface Rehearsed extends RunFacts {
  /** Of the race of a beat. */
  readonly lane: (beat: string, remedy: RemedyId) => RunFacts;
  /** The run that a beat opens in place of this one, as far as the beats take it. */
  readonly opened: (beat: string) => RunFacts;
}

/** What menu and links know of a lesson. */
interface LessonHeading {
  readonly id: string;
  readonly title: string;
  /** In the menu. */
  readonly about: string;
  /** One of those that come with a scenario. */
  readonly short?: true;
}

/** What a lesson is made of: the object in its file. */
export interface LessonBody {
  /** As in the index. */
  readonly id: string;
  readonly recipe: Recipe;
  /** Id of the scenario whose run it is; absent = it departs from the default. */
  readonly scenario?: string;
  /** Detector that shows what the lesson is about, where its beats ask. */
  readonly detector?: DetectorId;
  /** For a beat with the card `six`. */
  readonly choice?: Choice;
  /** Step by which everything that is expected has happened. */
  readonly steps: number;
  readonly expect: readonly Expectation[];
  /** What the receipt offers to copy. */
  readonly takeHome: { readonly text: string; readonly drawer: 'signals' | 'rules' };
  readonly beats: readonly Beat[];
}

export type Lesson = LessonHeading & LessonBody;

/** A line of the index. */
export interface LessonEntry extends LessonHeading {
  readonly load: () => Promise<LessonBody>;
}
