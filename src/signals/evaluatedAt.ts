// Step at which the validation columns were last computed: their companion, not a metric of its own.
import { always, type Signal } from './signal.ts';

export const evaluatedAt = {
  id: 'evaluated_at',
  metric: 'training.evaluated_at',
  instrument: 'gauge',
  unit: '{step}',
  scope: 'run',
  description: 'Step at which the validation set was last evaluated.',
  applies: always,
} as const satisfies Signal;
