// What a scenario's page says, from the scenario and from what it names.
import { settingsAt, settingsPeriods } from '../core/timeline.ts';
import { blockSide } from '../data/inputShift.ts';
import { datasetPart } from '../data/index.ts';
import type { AlertRule } from '../detectors/alertRule.ts';
import { ruleThresholds } from '../detectors/alertRules.ts';
import type { Detector } from '../detectors/detector.ts';
import { detectorOf, thresholdsOf } from '../detectors/index.ts';
import type { Remedy, RemedyContext } from '../remedies/remedy.ts';
import { remedyOf } from '../remedies/index.ts';
import { scenarios } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { coreSignals, type CoreSignal, type CoreSignalId } from '../signals/emitting.ts';

export const allScenarios: readonly Scenario[] = scenarios;

/** Headings of the menu, in its order. */
export const groups: readonly string[] = [...new Set(allScenarios.map(({ group }) => group))];

/** Whether something is wrong in it. */
export function isBroken({ remedies }: Scenario): boolean {
  return remedies.length > 0;
}

/** Side of the digits in pixels, whose blocks are compared. */
const digitSide = 28;

function comparedInputs({ recipe }: Scenario): number {
  const { kind, columns } = datasetPart(recipe.data);
  return kind === 'images' ? Math.ceil(digitSide / blockSide) ** 2 : columns.length || 2;
}

export interface ToldDetector {
  readonly detector: Detector;
  readonly rule: string;
  readonly alertRules: readonly AlertRule[];
}

/** A detector with the limits that hold in a scenario. */
export function toldDetector(id: string, scenario: Scenario): ToldDetector {
  const detector = detectorOf(id);
  const { thresholds } = scenario.recipe;
  return {
    detector,
    rule: detector.rule(thresholdsOf(detector, thresholds)),
    alertRules: detector.alertRules(ruleThresholds(detector, scenario.recipe, comparedInputs(scenario))),
  };
}

/** How a story names a signal where it does not write its id. */
const spoken: Readonly<Partial<Record<CoreSignalId, string>>> = {
  input_kl_divergence: 'KL divergence',
  nonfinite_loss: 'nonfinite',
};

/** The signals that tell: those that its story names, and the first of each detector that must fire. */
export function tellingSignals({ signal, expected }: Scenario): readonly CoreSignal[] {
  const words: readonly string[] = signal.split(/[^a-z_]+/);
  const first: readonly string[] = expected.flatMap((id) => detectorOf(id).signals[0] ?? []);
  return coreSignals.filter(
    ({ id }) => words.includes(id) || first.includes(id) || signal.includes(spoken[id] ?? id),
  );
}

export interface ToldRemedy {
  readonly remedy: Remedy;
  readonly context: RemedyContext;
}

/** Its remedies in the order worth trying, under the settings that are in force at its end. */
export function toldRemedies({ recipe, steps, remedies }: Scenario): readonly ToldRemedy[] {
  const context = { recipe, settings: settingsAt(settingsPeriods(recipe, 0), steps) };
  return remedies.flatMap((id) => {
    const remedy = remedyOf(id);
    return remedy ? [{ remedy, context }] : [];
  });
}

/** Where a remedy begins, as a sentence. */
export const startWords: Readonly<Record<Remedy['starts'], string>> = {
  here: 'Starts from here: the weights stay as they are.',
  rewind: 'Rewinds to the last healthy checkpoint, from before it showed.',
  best: 'Rewinds to the checkpoint with the lowest validation loss.',
};
