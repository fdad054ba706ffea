// Every weight, gradient, neuron and sample is emitted.
import { parseRecipe } from '../data/index.ts';
import type { Scenario } from './scenario.ts';

export const instrumentEverything = {
  id: 'instrument-everything',
  title: 'Everything is emitted',
  group: 'Instrumenting too much',
  story: 'Hundreds of series, and not one that tells more than the core signals did.',
  cause:
    'Every weight, its gradient, every neuron and every sample’s loss are emitted instead of aggregates.',
  signal: 'telemetry_series jumps past its limit; nothing else moves.',
  recipe: parseRecipe({
    timeline: [
      {
        at: 240,
        by: 'instrument-everything',
        change: { kind: 'set', settings: { telemetry: 'per-weight' } },
      },
    ],
  }),
  steps: 600,
  expected: ['over-instrumentation'],
  remedies: ['aggregates-only'],
} as const satisfies Scenario;
