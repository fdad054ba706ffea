// Instruments everything: every weight, its gradient, every neuron and every sample's loss, instead of aggregates.
import type { Fault } from './fault.ts';

export const instrumentEverything = {
  id: 'instrument-everything',
  title: 'Instrument everything',
  short: 'Instrument all',
  group: 'main',
  leavesTraining: true,
  describe: () => 'every weight, every step',
  blocked: ({ settings }) =>
    settings.telemetry === 'per-weight' ? 'Every weight is emitted already.' : null,
  change: () => ({ kind: 'set', settings: { telemetry: 'per-weight' } }),
  told: () => 'instrumented every weight, gradient, neuron and sample',
} as const satisfies Fault;
