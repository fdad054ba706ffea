// What words and expectations ask of a run, answered from its rows and findings.
import type { Rows } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import { generationStart, settingsAt, settingsPeriods } from '../core/timeline.ts';
import type { DetectorId } from '../detectors/index.ts';
import type { DetectorEvent, Finding } from '../detectors/detector.ts';
import { makeMonitor, seeingAll } from '../detectors/monitor.ts';
import type { RunFacts } from './lesson.ts';

/** What a detector reported when it first fired. */
export function firingOf(findings: readonly Finding[], detector: DetectorId): Finding | undefined {
  return findings.find((finding) => finding.detector === detector && finding.severity === 'firing');
}

export function raisedFindings(events: readonly DetectorEvent[]): readonly Finding[] {
  return events.flatMap((event) => (event.kind === 'raised' ? [event.finding] : []));
}

/** What the findings of a run say, in the order in which they were raised. */
export function findingFacts(findings: readonly Finding[]): Pick<RunFacts, 'fired' | 'finding' | 'warned'> {
  return {
    fired: (detector) => firingOf(findings, detector)?.at,
    finding: (detector) => firingOf(findings, detector),
    warned: (detector) => findings.find((finding) => finding.detector === detector)?.at,
  };
}

/**
 * @param rows from step 0 on, without a gap, those that a fork inherits included
 * @param findings of the same steps
 * @param generation of the run: how many forks led to it
 */
export function rowFacts(rows: Rows, findings: readonly Finding[], recipe: Recipe, generation = 0): RunFacts {
  const periods = settingsPeriods(recipe, generation);
  const inForce = (step: number) => settingsAt(periods, step);
  const unhidden = raisedFindings(
    makeMonitor(recipe, rows.layout, { settings: seeingAll(inForce) }).push(rows),
  );
  return {
    step: rows.count - 1,
    begin: generationStart(recipe.timeline, generation),
    layers: recipe.hidden.length,
    value: (signal, step, layer = 0) => rows.value(step, rows.layout.column(signal, layer)),
    ...findingFacts(findings),
    wouldFire: (detector) => firingOf(unhidden, detector)?.at,
    unemitted: (step) => inForce(step).unemitted,
  };
}
