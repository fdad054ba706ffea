// What a measurement trains, and what it hands back: plain data, so that it passes between threads.
import type { Recipe } from '../../core/recipe.ts';

/** One recipe to train for a number of steps. Its twin is the same recipe with an empty timeline. */
export interface Trial {
  /** What kind of fault or control it is, for the breakdown: “rate ×10”. */
  readonly label: string;
  readonly recipe: Recipe;
  readonly steps: number;
  /** Step of the fault, from which latency counts; 0 in a control. */
  readonly at: number;
}

/**
 * What the fault did, by the twin: `effective`, `none`, or `unclear` where it lies between. A control is healthy where it is `none`.
 */
export type Effect = 'effective' | 'none' | 'unclear';

export interface Verdict {
  readonly effect: Effect;
  /** Step from which an alarm counts as found, and latency is counted. */
  readonly from: number;
  /** An alarm this many steps earlier counts as found as well, with latency 0; above 0 where nobody presses anything and trouble grows. */
  readonly early: number;
  /** Step from which on an alarm is no longer of this fault; null = it always is. */
  readonly until: number | null;
}

/** Steps `from` … `to` − 1 throughout which something alarmed. */
export type Span = readonly [from: number, to: number];

/** Spans of alarm by detector or rule; those that never alarmed are left out. */
export type Spans = Readonly<Record<string, readonly Span[]>>;

export interface Outcome {
  /** By detector id; those whose truth was not asked for are left out. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly firing: Spans;
  /** Warning or firing. */
  readonly raised: Spans;
  /** Published rules. */
  readonly rules: Spans;
}
