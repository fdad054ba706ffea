// What a published rule is: the alarm rule of another tool, paper or textbook, on our rows, to hold our detectors against.
import type { Rows } from '../../core/layout.ts';
import type { SignalId } from '../../signals/index.ts';
import type { WatchContext } from '../detector.ts';
import type { DetectorId } from '../index.ts';

/**
 * Sees every row once, in order; true where the rule is in alarm, row by row and not once per alarm. A rule that judges only now and then
 * stays at its last verdict in between. State is bounded. Never throws, whatever the values; false where its signals are absent.
 */
export type RuleWatcher = (rows: Rows, row: number) => boolean;

export interface PublishedRule {
  readonly id: string;
  readonly title: string;
  /** Where it is published and with which defaults, and in what our form differs. */
  readonly source: string;
  /** The detector that it is compared with. */
  readonly pattern: DetectorId;
  /** What it cannot do without. */
  readonly signals: readonly SignalId[];
  watch(context: WatchContext): RuleWatcher;
}
