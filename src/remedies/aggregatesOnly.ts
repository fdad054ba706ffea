// Aggregates instead of every weight, from here.
import type { Remedy } from './remedy.ts';

export const aggregatesOnly = {
  id: 'aggregates-only',
  title: () => 'aggregates only',
  starts: 'here',
  answers: { 'over-instrumentation': 1 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.telemetry !== 'core',
  change: () => ({ kind: 'set', settings: { telemetry: 'core' } }),
} as const satisfies Remedy;
