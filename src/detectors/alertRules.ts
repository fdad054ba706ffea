// The alert rules of all detectors as one file: `docs/alerts/trainwreck.rules.yml`.
import type { Recipe } from '../core/recipe.ts';
import { calibratedLimit, shiftWindow } from '../data/inputShift.ts';
import { rulesFile } from './alertRule.ts';
import type { Detector } from './detector.ts';
import { detectors, thresholdsOf } from './index.ts';

/** A detector's thresholds as numbers that a rule can hold: 0 nat means the limit calibrated for this run. */
export function ruleThresholds(
  detector: Detector,
  { thresholds, validation }: Pick<Recipe, 'thresholds' | 'validation'>,
  inputs: number,
): Readonly<Record<string, number>> {
  const limits = thresholdsOf(detector, thresholds);
  if (limits['kl'] !== 0) return limits;
  return { ...limits, kl: Number(calibratedLimit(inputs, shiftWindow, validation).toPrecision(6)) };
}

const header = `# Alert rules of Trainwreck's detectors, written by src/cli/alertRules.ts: do not edit.
#
# Names are those of Prometheus' OTLP endpoint and of the Collector's exporters with their default translation: dots become
# underscores, a gauge of unit 1 ends in _ratio, a counter in _total.
# A rule knows time, not steps. Windows are in seconds and exact at one step and one export a second. With exports every 5 s a
# window of 50 s holds 10 points, a spike between two exports is seen only if it is exported, and \`offset 1s\` (the value before this
# one) should be your export interval. Ranges such as [49s500ms] hold 50 samples of one second in Prometheus 2 and 3 alike.
`;

/** The file's text, with the thresholds of a recipe. @param inputs features that the input divergence is taken over */
export function alertRulesFile(recipe: Pick<Recipe, 'thresholds' | 'validation'>, inputs: number): string {
  const all: readonly Detector[] = detectors;
  return (
    header +
    rulesFile(
      all.map((detector) => ({
        name: `trainwreck-${detector.id}`,
        rules: detector.alertRules(ruleThresholds(detector, recipe, inputs)),
      })),
    )
  );
}
