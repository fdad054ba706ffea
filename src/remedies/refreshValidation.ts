// A validation set from what users send, from here.
import type { Remedy } from './remedy.ts';

export const refreshValidation = {
  id: 'refresh-validation',
  title: () => 'validate on what users send',
  starts: 'here',
  answers: { 'input-shift': 1 },
  why: 'The validation figures then say how the network does where it is used.',
  limits: () =>
    'It makes the figures true, not the answers right: validation loss leaves training loss behind. While users go on moving, it is soon out of date.',
  offered: ({ settings }) => settings.validationFrom !== 'production',
  change: () => ({ kind: 'set', settings: { validationFrom: 'production' } }),
} as const satisfies Remedy;
