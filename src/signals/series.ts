// How many time series a run emits: its core signals, and what its telemetry level adds.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import { signals } from './index.ts';
import type { Signal } from './signal.ts';

export interface NetworkShape {
  readonly features: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly batch: number;
}

/** Output units: one for two classes under sigmoid or squared error, otherwise one per class. */
export function outputUnits(loss: Recipe['loss'], classes: number): number {
  return classes === 2 && loss !== 'softmax-cross-entropy' ? 1 : classes;
}

export function networkShape(
  { hidden, batch, loss }: Pick<Recipe, 'hidden' | 'batch' | 'loss'>,
  { features, classes }: { readonly features: number; readonly classes: number },
): NetworkShape {
  return { features, hidden, outputs: outputUnits(loss, classes), batch };
}

/** What a number of series depends on. */
export interface NetworkSize {
  /** Hidden layers, and their units together. */
  readonly layers: number;
  readonly units: number;
  readonly parameters: number;
  readonly batch: number;
}

/** Columns of a row that are no metrics: a companion of the validation columns, and the lesson in small samples. */
export const companions: readonly string[] = ['evaluated_at', 'input_kl_batch'];
/** The count itself is not counted. */
const uncounted: readonly string[] = [...companions, 'telemetry_series'];

/** Weights and biases (and batch norm's two per unit). */
export function parameterCount({ features, hidden, outputs }: NetworkShape, batchNorm: boolean): number {
  const widths = [features, ...hidden, outputs];
  const dense = widths.slice(1).reduce((sum, width, index) => sum + width * ((widths[index] ?? 0) + 1), 0);
  return dense + (batchNorm ? 2 * hidden.reduce((sum, width) => sum + width, 0) : 0);
}

function coreSeries(settings: Settings, layers: number): number {
  const all: readonly Signal[] = signals;
  return all
    .filter(({ id, instrument }) => instrument === 'gauge' && !uncounted.includes(id))
    .filter((signal) => signal.applies(settings) && !settings.unemitted.includes(signal.id))
    .reduce((sum, { scope }) => sum + (scope === 'run' ? 1 : layers), 0);
}

export function sizeOf(shape: NetworkShape, batchNorm: boolean): NetworkSize {
  const units = shape.hidden.reduce((sum, width) => sum + width, 0);
  const parameters = parameterCount(shape, batchNorm);
  return { layers: shape.hidden.length, units, parameters, batch: shape.batch };
}

/**
 * Series under these settings. `per-layer-gradients` adds a gradient norm per layer, `per-neuron` each hidden unit's activation to those;
 * `per-weight` every parameter, its gradient, every hidden unit and the loss of every sample of the batch, in place of the layers' norms.
 */
export function seriesOfSize(settings: Settings, { layers, units, parameters, batch }: NetworkSize): number {
  const added: Record<Settings['telemetry'], number> = {
    core: 0,
    'per-layer-gradients': layers + 1,
    'per-neuron': layers + 1 + units,
    'per-weight': 2 * parameters + units + batch,
  };
  return coreSeries(settings, layers) + added[settings.telemetry];
}

export function seriesCount(settings: Settings, shape: NetworkShape): number {
  return seriesOfSize(settings, sizeOf(shape, settings.batchNorm));
}
