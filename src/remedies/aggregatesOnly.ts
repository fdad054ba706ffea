// Aggregates instead of every weight, from here.
import type { Remedy } from './remedy.ts';

export const aggregatesOnly = {
  id: 'aggregates-only',
  title: () => 'core signals only',
  starts: 'here',
  answers: { 'over-instrumentation': 1 },
  why: 'A detector reads aggregates: it fires at the same step with a dozen series as with hundreds.',
  limits: () => 'What a single weight did is not kept: to see that, look at one run once.',
  offered: ({ settings }) => settings.telemetry !== 'core',
  change: () => ({ kind: 'set', settings: { telemetry: 'core' } }),
} as const satisfies Remedy;
