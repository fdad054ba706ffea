// How many time series the telemetry of this run makes.
import { always, type Signal } from './signal.ts';

export const telemetrySeries = {
  id: 'telemetry_series',
  metric: 'telemetry.series',
  instrument: 'gauge',
  unit: '{series}',
  scope: 'run',
  description: 'Time series that the telemetry level in force emits.',
  applies: always,
} as const satisfies Signal;
