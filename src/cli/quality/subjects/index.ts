// What is measured about each detector.
import { deadNeurons } from './deadNeurons.ts';
import { explodingGradient } from './explodingGradient.ts';
import { inputShift } from './inputShift.ts';
import { lossSpike } from './lossSpike.ts';
import { nonfinite } from './nonfinite.ts';
import { observabilityGap } from './observabilityGap.ts';
import { overfit } from './overfit.ts';
import { overInstrumentation } from './overInstrumentation.ts';
import { saturation } from './saturation.ts';
import { stalledTraining } from './stalled.ts';
import type { Subject } from './subject.ts';
import { vanishingGradient } from './vanishingGradient.ts';

export const subjects: readonly Subject[] = [
  deadNeurons,
  explodingGradient,
  inputShift,
  lossSpike,
  nonfinite,
  observabilityGap,
  overfit,
  overInstrumentation,
  saturation,
  stalledTraining,
  vanishingGradient,
];

/** @throws Error where nothing is measured about a detector */
export function subjectOf(id: string): Subject {
  const found = subjects.find((subject) => subject.id === id);
  if (!found)
    throw new Error(`detector “${id}”: there are ${subjects.map((subject) => subject.id).join(', ')}`);
  return found;
}
