// Every remedy, and those that answer a finding.
import { batchNorm } from './batchNorm.ts';
import { clip } from './clip.ts';
import { divideRate } from './divideRate.ts';
import { elu } from './elu.ts';
import { giveDataBack } from './giveDataBack.ts';
import { leakyRelu } from './leakyRelu.ts';
import { lowerRate } from './lowerRate.ts';
import type { Remedy, RemedyContext } from './remedy.ts';

export const remedies = [
  batchNorm,
  clip,
  divideRate,
  elu,
  giveDataBack,
  leakyRelu,
  lowerRate,
] as const satisfies readonly Remedy[];

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
