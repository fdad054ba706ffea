// Leaves spoilt mini-batches out, from the last healthy checkpoint. PaLM was trained so: back before the spike, past some hundred batches.
import { spoiltBatches } from '../core/stateFaults.ts';
import { lastGeneration } from '../core/timeline.ts';
import type { Remedy, RemedyContext } from './remedy.ts';

/** Batches left out before the onset, and from there on: what went in is looked at from a little before. */
const before = 20;
const after = 180;

/** The batches around the finding, where some of them are spoilt. */
function spanOf({
  recipe,
  finding,
}: RemedyContext): { readonly from: number; readonly steps: number } | undefined {
  if (!finding) return undefined;
  const from = Math.max(0, finding.onset - before);
  const end = finding.onset + after;
  const isSpoilt = spoiltBatches(recipe.timeline, lastGeneration(recipe.timeline)).some(
    ({ fromStep, steps }) => fromStep < end && fromStep + steps > from,
  );
  return isSpoilt ? { from, steps: end - from } : undefined;
}

export const skipBatches = {
  id: 'skip-batches',
  title: () => 'skip the bad batches',
  starts: 'rewind',
  answers: { 'loss-spike': 1, nonfinite: 1, 'exploding-gradient': 1 },
  why: 'What was new at that step was the batch: without it there is nothing to recover from.',
  limits: () => 'These batches only: what spoilt them is not found by it, and the next ones come through.',
  offered: (context) => spanOf(context) !== undefined,
  change: (context) => ({ kind: 'skip-batches', ...(spanOf(context) ?? { from: 0, steps: 1 }) }),
} as const satisfies Remedy;
