// What words and expectations ask of a run, answered from its rows and findings.
import type { Rows } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../core/timeline.ts';
import type { DetectorId } from '../detectors/index.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { makeMonitor, seeingAll } from '../detectors/monitor.ts';
import type { RunFacts } from './lesson.ts';

/** Step at which a detector first fired. */
export function firedAt(findings: readonly Finding[], detector: DetectorId): number | undefined {
  return findings.find((finding) => finding.detector === detector && finding.severity === 'firing')?.at;
}

export function raisedFindings(events: readonly DetectorEvent[]): readonly Finding[] {
  return events.flatMap((event) => (event.kind === 'raised' ? [event.finding] : []));
}

/** @param rows from step 0 on, without a gap, of a recipe without a fork */
export function rowFacts(rows: Rows, findings: readonly Finding[], recipe: Recipe): RunFacts {
  const periods = settingsPeriods(recipe, 0);
  const settings = seeingAll((step) => settingsAt(periods, step));
  const unhidden = raisedFindings(makeMonitor(recipe, rows.layout, { settings }).push(rows));
  return {
    step: rows.count - 1,
    value: (signal, step, layer = 0) => rows.value(step, rows.layout.column(signal, layer)),
    fired: (detector) => firedAt(findings, detector),
    wouldFire: (detector) => firedAt(unhidden, detector),
  };
}
