// Spoils one mini-batch: inputs too large, labels swapped. Bound to its step: a run that passes there again meets it again.
import type { Fault, FaultContext } from './fault.ts';

/** The first is forgotten within steps; the second kills neurons on its way. */
const factors = [3, 10] as const;

function factor({ presses }: FaultContext): number {
  return factors[Math.min(presses, factors.length - 1)] ?? factors[0];
}

export const badBatch = {
  id: 'bad-batch',
  title: 'Feed it a bad batch',
  short: 'Bad batch',
  group: 'more',
  describe: (context) => `one batch: inputs ×${factor(context)}, labels swapped`,
  blocked: ({ presses }) =>
    presses < factors.length ? null : 'Two bad batches are enough to see what they do.',
  change: (context) => ({ kind: 'corrupt-batch', inputs: factor(context), swapped: true, steps: 1 }),
  told: (change) =>
    change.kind === 'corrupt-batch'
      ? `fed it a batch with inputs ×${change.inputs} and ${change.swapped ? 'swapped' : 'true'} labels`
      : 'fed it a bad batch',
} as const satisfies Fault;
