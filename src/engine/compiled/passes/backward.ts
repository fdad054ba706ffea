// Backward through the layers: gradients of weights, biases and batch-norm parameters.
import type { Reals } from '../arena.ts';
import type { Machine, Pass } from '../pass.ts';
import type { LayerPlan } from '../plan.ts';
import { productOfRows, transpose } from '../product.ts';
import { layerInput } from '../workspace.ts';
import { activateBackward } from './activation.ts';
import { normaliseBackward } from './batchNorm.ts';
import { dropOutBackward } from './dropout.ts';

function biasGradient(delta: Reals, gradient: Reals, batch: number): void {
  const width = gradient.length;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let k = j; k < batch * width; k += width) sum += delta[k]!;
    gradient[j] = sum;
  }
}

/** Gradient of one dense layer; `below` receives the delta of the layer's input, where anything is below. */
function denseBackward(
  machine: Machine,
  layer: LayerPlan,
  index: number,
  delta: Reals,
  below: Reals | undefined,
) {
  const { arena, plan, training } = machine;
  const input = layerInput(training, index);
  const weights = arena.region(`weights.${layer.number}`);
  const weightGradient = arena.region(`gradient.weights.${layer.number}`);
  const biasGradients = arena.region(`gradient.biases.${layer.number}`);
  const inputRows = new arena.Reals(layer.inputs * plan.batch);
  const deltaRows = new arena.Reals(layer.outputs * plan.batch);
  const weightColumns = new arena.Reals(below ? weights.length : 0);
  return (): void => {
    transpose(delta, deltaRows, plan.batch, layer.outputs);
    transpose(input, inputRows, plan.batch, layer.inputs);
    productOfRows(deltaRows, inputRows, weightGradient, layer.outputs, layer.inputs, plan.batch, undefined);
    biasGradient(delta, biasGradients, plan.batch);
    if (!below) return;
    transpose(weights, weightColumns, layer.outputs, layer.inputs);
    productOfRows(delta, weightColumns, below, plan.batch, layer.inputs, layer.outputs, undefined);
  };
}

function layerBackward(machine: Machine, index: number): () => void {
  const { arena, plan, training, deltas } = machine;
  const space = training.layers[index]!;
  const delta = deltas[index]!;
  const drop = dropOutBackward(space, delta);
  const squash = activateBackward(space, delta, plan.slope);
  const normalise = normaliseBackward(arena, space, delta);
  const dense = denseBackward(machine, space.layer, index, delta, deltas[index - 1]);
  return () => {
    drop(plan.batch);
    squash(plan.batch);
    normalise(plan.batch);
    dense();
  };
}

export const backward: Pass = {
  id: 'backward',
  javascript: (machine) => {
    const layers = machine.plan.layers.map((_, index) => layerBackward(machine, index)).reverse();
    return () => {
      for (const layer of layers) layer();
    };
  },
};
