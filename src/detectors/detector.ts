// What a detector is: rows in, findings out, with evidence and words.
import type { RowLayout, Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import type { SignalId } from '../signals/index.ts';
import type { AlertRule } from './alertRule.ts';
import type { Reader } from './blindness.ts';

export type Severity = 'warning' | 'firing';

/** One number that a finding rests on. */
export interface Evidence {
  /** Signal, or signals in their relation, e.g. `validation_loss / loss`. */
  readonly signal: string;
  readonly value: number;
  /** What the value is held against before the threshold applies, where there is such a thing. */
  readonly baseline?: number;
  readonly threshold?: number;
}

export interface Finding {
  readonly detector: string;
  /** Hidden layer (1 = first), or 0 for the whole run. */
  readonly layer: number;
  readonly severity: Severity;
  /** First step at which the run was no longer healthy, as far as this detector can tell. */
  readonly onset: number;
  /** Step at which it was reported with this severity. */
  readonly at: number;
  /** What it rests on; the first is the signal that raised it. */
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

export type DetectorEvent =
  | { readonly kind: 'raised'; readonly finding: Finding }
  | { readonly kind: 'resolved'; readonly detector: string; readonly layer: number; readonly at: number };

/** What a detector may know beside the rows. */
export interface WatchContext {
  readonly layout: RowLayout;
  readonly hiddenLayers: number;
  /** Units of each hidden layer. */
  readonly widths: readonly number[];
  /** Batches without activation after which a unit counts as dead. */
  readonly deadWindow: number;
  /** Steps between two evaluations. */
  readonly validateEvery: number;
  /** In force at a step. */
  readonly settings: (step: number) => Settings;
  readonly batch: number;
  /** Examples of the training set and of the validation set. */
  readonly train: number;
  readonly validation: number;
  /** Inputs that a divergence is taken over: features, or block means of an image. */
  readonly inputs: number;
  readonly classes: number;
  /** The detectors that read what signals say: who is blind where they are absent. */
  readonly readers: readonly Reader[];
}

/** Sees every row once, in order; state is bounded. Never throws, whatever the values. */
export type Watcher = (rows: Rows, row: number) => readonly DetectorEvent[];

export interface Detector extends Reader {
  readonly id: string;
  readonly title: string;
  /** Signals without which it is blind. */
  readonly signals: readonly SignalId[];
  /** Where it can fire in more ways than one: the signals that each takes. Absent = one way, which takes all of `signals`. */
  readonly ways?: readonly (readonly SignalId[])[];
  /** It reports that signals are absent, instead of falling silent. */
  readonly readsAbsence?: true;
  /** Thresholds by name; a recipe overrides them as `detector.threshold`. */
  readonly thresholds: Readonly<Record<string, number>>;
  watch(context: WatchContext, thresholds: Readonly<Record<string, number>>): Watcher;
  /** The rule in words, with the thresholds in force. */
  rule(thresholds: Readonly<Record<string, number>>): string;
  /** What was seen, in one sentence with the numbers. */
  observation(finding: Finding): string;
  /** Why it happens, in one sentence. */
  cause(finding: Finding): string;
  /** Prometheus alerting rules that say the same as far as a rule can; the first says most of it. */
  alertRules(thresholds: Readonly<Record<string, number>>): readonly [AlertRule, ...AlertRule[]];
}

export const none: readonly DetectorEvent[] = [];
