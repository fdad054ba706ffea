// Every detector.
import type { Settings } from '../core/settings.ts';
import { signals } from '../signals/index.ts';
import { blindnessOf, type Blindness } from './blindness.ts';
import { deadNeurons } from './deadNeurons.ts';
import type { Detector, Finding } from './detector.ts';
import { explodingGradient } from './explodingGradient.ts';
import { inputShift } from './inputShift.ts';
import { lossSpike } from './lossSpike.ts';
import { nonfinite } from './nonfinite.ts';
import { observabilityGap } from './observabilityGap.ts';
import { overfit } from './overfit.ts';
import { overInstrumentation } from './overInstrumentation.ts';
import { saturation } from './saturation.ts';
import { stalled } from './stalled.ts';
import { vanishingGradient } from './vanishingGradient.ts';

export const detectors = [
  deadNeurons,
  explodingGradient,
  inputShift,
  lossSpike,
  nonfinite,
  observabilityGap,
  overfit,
  overInstrumentation,
  saturation,
  stalled,
  vanishingGradient,
] as const satisfies readonly Detector[];

export type DetectorId = (typeof detectors)[number]['id'];

/** The detector of a finding. */
export function detectorOf(id: string): Detector {
  const found = detectors.find((detector) => detector.id === id);
  if (!found)
    throw new Error(`detector “${id}”: there are ${detectors.map((detector) => detector.id).join(', ')}`);
  return found;
}

/** Whether a finding counts as an alert: that signals are absent shows on their dark lamps, and no training is worse for it. */
export function isAlert({ detector }: Pick<Finding, 'detector'>): boolean {
  return detectorOf(detector).readsAbsence !== true;
}

/** Those that read what signals say. */
export const readers: readonly Detector[] = detectors.filter((detector) => !('readsAbsence' in detector));

/** Who is blind without these signals, of the detectors that have anything to see under these settings. */
export function blindWithout(absent: readonly string[], settings: Settings): Blindness {
  const missed = signals.filter((signal) => absent.includes(signal.id) && signal.applies(settings));
  return blindnessOf(
    readers,
    missed.map(({ id }) => id),
  );
}

/** A detector's thresholds with the recipe's overrides (`detector.threshold`). */
export function thresholdsOf(
  detector: Detector,
  overrides: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(detector.thresholds).map(([name, value]) => [
      name,
      overrides[`${detector.id}.${name}`] ?? value,
    ]),
  );
}

/** Names that a recipe's `thresholds` may use. */
export const thresholdNames: readonly string[] = detectors.flatMap((detector) =>
  Object.keys(detector.thresholds).map((name) => `${detector.id}.${name}`),
);
