// Leaves the spoilt mini-batches out, from the last healthy checkpoint.
import type { Remedy } from './remedy.ts';

const margin = 20;
const reach = 200;

export const skipBatches = {
  id: 'skip-batches',
  title: () => 'skip the bad batches',
  starts: 'rewind',
  answers: { 'loss-spike': 3, nonfinite: 3 },
  why: 'x',
  limits: () => 'x',
  offered: () => true,
  change: ({ finding }) => ({
    kind: 'skip-batches',
    from: Math.max(0, (finding?.onset ?? 0) - margin),
    steps: reach,
  }),
} as const satisfies Remedy;
