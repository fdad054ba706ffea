// A validation set from what users send, from here.
import type { Remedy } from './remedy.ts';

export const refreshValidation = {
  id: 'refresh-validation',
  title: () => 'validate on what users send',
  starts: 'here',
  answers: { 'input-shift': 1 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.validationFrom === 'split',
  change: () => ({ kind: 'set', settings: { validationFrom: 'production' } }),
} as const satisfies Remedy;
