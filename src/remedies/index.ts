// Every remedy, and those that answer a finding.
import { aggregatesOnly } from './aggregatesOnly.ts';
import { batchNorm } from './batchNorm.ts';
import { batchNormRewind } from './batchNormRewind.ts';
import { clip } from './clip.ts';
import { divideRate } from './divideRate.ts';
import { dropout } from './dropout.ts';
import { elu } from './elu.ts';
import { emitSignals } from './emitSignals.ts';
import { giveDataBack } from './giveDataBack.ts';
import { increaseRate } from './increaseRate.ts';
import { leakyRelu } from './leakyRelu.ts';
import { lowerRate } from './lowerRate.ts';
import { refreshValidation } from './refreshValidation.ts';
import { reinitialiseDead } from './reinitialiseDead.ts';
import { relu } from './relu.ts';
import type { Remedy, RemedyContext } from './remedy.ts';
import { restoreRate } from './restoreRate.ts';
import { skipBatches } from './skipBatches.ts';
import { standardInitialisation } from './standardInitialisation.ts';
import { stopAtBest } from './stopAtBest.ts';
import { weightDecay } from './weightDecay.ts';

export const remedies = [
  aggregatesOnly,
  batchNorm,
  batchNormRewind,
  clip,
  divideRate,
  dropout,
  elu,
  emitSignals,
  giveDataBack,
  increaseRate,
  leakyRelu,
  lowerRate,
  refreshValidation,
  reinitialiseDead,
  relu,
  restoreRate,
  skipBatches,
  standardInitialisation,
  stopAtBest,
  weightDecay,
] as const satisfies readonly Remedy[];

export type RemedyId = (typeof remedies)[number]['id'];

function place(remedy: Remedy, detector: string): number {
  return Object.entries(remedy.answers).find(([id]) => id === detector)?.[1] ?? 0;
}

/** The remedies for a detector's finding that are worth offering, the best first. */
export function remediesFor(detector: string, context: RemedyContext): readonly Remedy[] {
  return remedies
    .filter((remedy: Remedy) => place(remedy, detector) > 0 && remedy.offered(context))
    .sort((a, b) => place(a, detector) - place(b, detector));
}

/** The remedy that a timeline entry names, if it is one. */
export function remedyOf(id: string): Remedy | undefined {
  return remedies.find((remedy) => remedy.id === id);
}
