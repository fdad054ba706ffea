// Every scenario, in the order of the menu: healthy ones first.
import { badBatch } from './badBatch.ts';
import { blobs } from './blobs.ts';
import { deadFew } from './deadFew.ts';
import { deadRelu } from './deadRelu.ts';
import { digits } from './digits.ts';
import { digitsBadBatch } from './digitsBadBatch.ts';
import { digitsDeadRelu } from './digitsDeadRelu.ts';
import { digitsInputDrift } from './digitsInputDrift.ts';
import { digitsLabelNoise } from './digitsLabelNoise.ts';
import { digitsLittleData } from './digitsLittleData.ts';
import { digitsRateRaised } from './digitsRateRaised.ts';
import { explodingGradient } from './explodingGradient.ts';
import { gradientHidden } from './gradientHidden.ts';
import { inputDrift } from './inputDrift.ts';
import { instrumentEverything } from './instrumentEverything.ts';
import { lossSpike } from './lossSpike.ts';
import { moons } from './moons.ts';
import { nonfinite } from './nonfinite.ts';
import { overfitLabelNoise } from './overfitLabelNoise.ts';
import { overfitLittleData } from './overfitLittleData.ts';
import { penguins } from './penguins.ts';
import { rateRaised } from './rateRaised.ts';
import { rateShock } from './rateShock.ts';
import { ring } from './ring.ts';
import { saturatedTanh } from './saturatedTanh.ts';
import type { Scenario } from './scenario.ts';
import { spiral } from './spiral.ts';
import { stalled } from './stalled.ts';
import { validationHidden } from './validationHidden.ts';
import { validationMisleads } from './validationMisleads.ts';
import { vanishingGradient } from './vanishingGradient.ts';
import { xor } from './xor.ts';
import { xorRotated } from './xorRotated.ts';
import { xorScaled } from './xorScaled.ts';

export const scenarios = [
  ring,
  xor,
  moons,
  spiral,
  blobs,
  penguins,
  digits,
  lossSpike,
  rateRaised,
  badBatch,
  deadRelu,
  rateShock,
  deadFew,
  overfitLittleData,
  overfitLabelNoise,
  validationMisleads,
  inputDrift,
  xorRotated,
  xorScaled,
  validationHidden,
  gradientHidden,
  instrumentEverything,
  vanishingGradient,
  explodingGradient,
  saturatedTanh,
  stalled,
  nonfinite,
  digitsRateRaised,
  digitsBadBatch,
  digitsDeadRelu,
  digitsLittleData,
  digitsLabelNoise,
  digitsInputDrift,
] as const satisfies readonly Scenario[];
export type ScenarioId = (typeof scenarios)[number]['id'];
export const defaultScenario: Scenario = ring;

export function scenarioOf(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}

/** The first scenario on a dataset: its recipe is what a link that names only the dataset means. */
export function scenarioOfDataset(dataset: string): Scenario | undefined {
  return scenarios.find(({ recipe }) => recipe.data === dataset);
}
