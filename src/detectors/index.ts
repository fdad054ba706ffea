// Every detector.
import { deadNeurons } from './deadNeurons.ts';
import type { Detector } from './detector.ts';
import { lossSpike } from './lossSpike.ts';
import { nonfinite } from './nonfinite.ts';
import { overfit } from './overfit.ts';

export const detectors = [deadNeurons, lossSpike, nonfinite, overfit] as const satisfies readonly Detector[];

export type DetectorId = (typeof detectors)[number]['id'];

/** The detector of a finding. */
export function detectorOf(id: string): Detector {
  const found = detectors.find((detector) => detector.id === id);
  if (!found)
    throw new Error(`detector “${id}”: there are ${detectors.map((detector) => detector.id).join(', ')}`);
  return found;
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
