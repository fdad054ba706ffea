// What the last step of a machine leaves behind beyond its row, for the telemetry levels above the core.
import type { DetailLevel, StepDetail } from '../engine.ts';
import type { Reals } from './arena.ts';
import { lossesOfExamples } from './passes/loss.ts';
import type { Machine } from './pass.ts';

/** What each level reads back. */
export const detailParts: Readonly<Record<DetailLevel, readonly (keyof StepDetail)[]>> = {
  'per-layer-gradients': ['layerGradients'],
  'per-neuron': ['layerGradients', 'activations'],
  'per-weight': ['parameters', 'gradients', 'activations', 'losses'],
};

/** Mean of each column of `values`, rows × width. */
function columnMeans(values: Reals, rows: number, width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * width + column]!;
    return sum / rows;
  });
}

function partOf({ plan, arena, training, sums }: Machine, part: keyof StepDetail): Float32Array<ArrayBuffer> {
  switch (part) {
    case 'layerGradients':
      return Float32Array.from(sums.gradientSquares, Math.sqrt);
    case 'activations':
      return new Float32Array(
        training.layers
          .slice(0, plan.hiddenLayers)
          .flatMap(({ activation, layer }) => columnMeans(activation, plan.batch, layer.outputs)),
      );
    case 'parameters':
      return new Float32Array(arena.parameters);
    case 'gradients':
      return new Float32Array(arena.gradients);
    case 'losses':
      return lossesOfExamples(plan, training, plan.batch);
  }
}

export function detailOf(machine: Machine, level: DetailLevel): StepDetail {
  const part = (name: keyof StepDetail): Float32Array<ArrayBuffer> =>
    detailParts[level].includes(name) ? partOf(machine, name) : new Float32Array();
  return {
    layerGradients: part('layerGradients'),
    activations: part('activations'),
    parameters: part('parameters'),
    gradients: part('gradients'),
    losses: part('losses'),
  };
}
