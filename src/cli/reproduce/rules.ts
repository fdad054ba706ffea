// When the published rules would have spoken on the same rows, beside our detectors.
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import type { DetectorId } from '../../detectors/index.ts';
import { emittedRows, watchContextOf } from '../../detectors/monitor.ts';
import { publishedRules } from '../../detectors/published/index.ts';
import type { PublishedRule } from '../../detectors/published/rule.ts';
import type { TrainedRun } from './train.ts';

export interface RuleAlarms {
  readonly rule: PublishedRule;
  /** Steps at which an alarm began. */
  readonly alarms: readonly number[];
}

function alarmsOf(rule: PublishedRule, run: TrainedRun, inputs: number): readonly number[] {
  const periods = settingsPeriods(run.recipe, run.generation);
  const settings = (step: number) => settingsAt(periods, step);
  const rows = emittedRows(run.allRows, settings);
  const watch = rule.watch(watchContextOf(run.recipe, run.rows.layout, { settings, inputs }));
  const alarms: number[] = [];
  let isOn = false;
  for (let row = 0; row < rows.count; row++) {
    const alarm = watch(rows, row);
    if (alarm && !isOn) alarms.push(rows.step(row));
    isOn = alarm;
  }
  return alarms;
}

/** The published rules of these patterns on the first run, before any remedy. */
export function rulesOn(
  run: TrainedRun,
  patterns: readonly DetectorId[],
  inputs: number,
): readonly RuleAlarms[] {
  return publishedRules
    .filter(({ pattern }) => patterns.some((id) => id === pattern))
    .map((rule) => ({ rule, alarms: alarmsOf(rule, run, inputs) }));
}
