// Instrumenting too much: more time series than anyone reads, or pays for gladly.
import { whole } from '../core/wording.ts';
import { none, type Detector } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'over-instrumentation';

export const overInstrumentation = {
  id,
  title: 'Instrumenting too much',
  signals: ['telemetry_series'],
  thresholds: { series: 200 },
  watch: ({ layout }, limits) => {
    const limit = limits['series'] ?? NaN;
    const column = layout.column('telemetry_series');
    const latch = makeLatch(id);
    return (rows, row) => {
      const series = rows.value(row, column);
      if (series === undefined) return none;
      const at = rows.step(row);
      return latch(at, { holds: series > limit, isOver: series <= limit }, () => ({
        onset: at,
        evidence: [{ signal: 'telemetry_series', value: series, threshold: limit }],
      }));
    };
  },
  rule: (limits) => `telemetry_series > ${limits['series']}.`,
  observation: ({ evidence: [series] }) =>
    `${whole(series.value)} time series (limit ${whole(series.threshold ?? NaN)}).`,
  cause: () =>
    'Every weight, gradient or neuron is emitted instead of aggregates: it costs time and money, and finds no fault sooner.',
  alertRules: ({ series = NaN }) => [
    {
      alert: 'TrainingOverInstrumentation',
      expr: `telemetry_series > ${series}`,
      severity: 'warning',
      summary: 'aggregates only: gradient_norm once, activation_mean per layer, the loss',
      limits: 'None.',
    },
  ],
} as const satisfies Detector;
