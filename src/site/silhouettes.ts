// What the handout shows of the five faults: a picture of the network, and the signal that tells.
import type { ScenarioId } from '../scenarios/index.ts';
import type { SignalId } from '../signals/index.ts';

export const silhouetteFolder = 'docs/pictures/silhouettes';

export interface Silhouette {
  readonly scenario: ScenarioId;
  /** Step whose decision surface is drawn; the rows end at the scenario's own end. */
  readonly at: number;
  readonly signal: SignalId;
  readonly layer: number;
  /** Ends of the chart, in decades where it is logarithmic. */
  readonly axis: { readonly low: number; readonly high: number; readonly isLogarithmic: boolean };
}

/** How it looks before anything is pressed. */
export const healthy: Pick<Silhouette, 'scenario' | 'at'> = { scenario: 'ring', at: 390 };

export const silhouettes: readonly Silhouette[] = [
  {
    scenario: 'rate-raised',
    at: 400,
    signal: 'gradient_norm',
    layer: 0,
    axis: { low: 0.05, high: 10, isLogarithmic: true },
  },
  {
    scenario: 'dead-relu',
    at: 800,
    signal: 'dead_neuron_ratio',
    layer: 1,
    axis: { low: 0, high: 1, isLogarithmic: false },
  },
  {
    scenario: 'overfit-label-noise',
    at: 1000,
    signal: 'validation_loss',
    layer: 0,
    axis: { low: 0, high: 2, isLogarithmic: false },
  },
  {
    scenario: 'input-drift',
    at: 900,
    signal: 'input_kl_divergence',
    layer: 0,
    axis: { low: 0, high: 1, isLogarithmic: false },
  },
  {
    scenario: 'instrument-everything',
    at: 600,
    signal: 'telemetry_series',
    layer: 0,
    axis: { low: 10, high: 1000, isLogarithmic: true },
  },
];

/** @param part the decision surface, or the course of the signal */
export function silhouettePath(scenario: string, part: 'surface' | 'signal'): string {
  return `${silhouetteFolder}/${scenario}-${part}.svg`;
}
