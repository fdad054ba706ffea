// Divergences from before users moved: what a limit makes of chance.
import { thresholdsOf, detectorOf } from '../../detectors/index.ts';
import { calibratedLimit, shiftWindow } from '../../data/inputShift.ts';
import type { SignalId } from '../../signals/index.ts';
import type { ChartContext } from './chartSpecs.ts';
import type { Run } from './run.svelte.ts';

/** As `kl-batch` among the published rules has it. */
export const commonLimit = 0.1;

/** The limit in force: the one that was chosen, or the calibrated one. */
export function limitNow({ recipe, inputs }: ChartContext): number {
  const asked = thresholdsOf(detectorOf('input-shift'), recipe.thresholds)['kl'] ?? NaN;
  return asked > 0 ? asked : calibratedLimit(inputs, shiftWindow, recipe.validation);
}

/** Of every evaluation before the first entry of the timeline. */
export function calmWindows(
  { history, recipe }: Pick<Run, 'history' | 'recipe'>,
  signal: SignalId,
): number[] {
  if (!history) return [];
  const reader = history.evaluated(signal);
  const end = history.rowAt(recipe.timeline[0]?.at ?? 0);
  return Array.from({ length: end }, (_, row) => reader.value(row)).filter((value) => value !== undefined);
}

/** As a share of the height from the top: logarithmic, from 0.001 to 1. */
export function windowHeight(divergence: number): number {
  return Math.min(1, Math.max(0, -Math.log10(Math.max(divergence, 1e-9)) / 3));
}
