// Forward through the layers in TensorFlow.js operations: dense product, batch normalisation, activation, dropout.
import type { Tensor } from '@tensorflow/tfjs';
import { parameterRegions, type LayerPlan, type Plan } from '../compiled/plan.ts';
import { activate } from './activation.ts';
import { dropNothing, type DropOut } from './dropout.ts';
import { normalise, type Statistics } from './batchNorm.ts';
import type { Network } from './network.ts';

/** Parameter regions by name, each in its own shape: weights outputs × inputs, the others one number per unit. */
export type Parameters = ReadonlyMap<string, Tensor>;

export interface ForwardPass {
  /** Output units before the squashing that belongs to the loss, examples × outputs. */
  readonly outputs: Tensor;
  /** Activations of each hidden layer before dropout, examples × width. */
  readonly hidden: readonly Tensor[];
  /** What batch norm used in each hidden layer that has it, by the layer's number. */
  readonly statistics: ReadonlyMap<number, Statistics>;
}

/** Cuts the flat parameters into their regions. */
export function splitParameters({ tf, plan }: Network, flat: Tensor): Tensor[] {
  let offset = 0;
  return parameterRegions(plan).map(({ kind, layer, size }) => {
    const part = tf.slice(flat, offset, size);
    offset += size;
    return kind === 'weights' ? tf.reshape(part, [layer.outputs, layer.inputs]) : part;
  });
}

export function nameParameters(plan: Plan, parts: readonly Tensor[]): Parameters {
  const regions = parameterRegions(plan);
  return new Map(parts.map((part, index) => [regions[index]?.name ?? '', part]));
}

/** @throws Error when the network has no such region */
export function parameter(parameters: Parameters, name: string): Tensor {
  const found = parameters.get(name);
  if (!found) throw new Error(`parameter “${name}”: there are ${[...parameters.keys()].join(', ')}`);
  return found;
}

/**
 * @param statisticsOf the batch's own statistics when training, the running ones when evaluating
 * @param dropOut what becomes of the hidden activations when training
 */
export function forward(
  network: Network,
  parameters: Parameters,
  inputs: Tensor,
  statisticsOf: (layer: LayerPlan, z: Tensor, biases: Tensor) => Statistics,
  dropOut: DropOut = dropNothing,
): ForwardPass {
  const { tf, plan } = network;
  const statistics = new Map<number, Statistics>();
  const activations: Tensor[] = [];
  let below = inputs;
  for (const layer of plan.layers) {
    const region = (kind: string) => parameter(parameters, `${kind}.${layer.number}`);
    const product = tf.matMul(below, region('weights'), false, true);
    let z: Tensor = tf.add(product, region('biases'));
    if (layer.batchNorm) {
      const used = statisticsOf(layer, z, region('biases'));
      statistics.set(layer.number, used);
      z = normalise(network, z, used, region('gamma'), region('beta'));
    }
    const activation = activate(network, layer.activation, z);
    activations.push(activation);
    below = dropOut(layer, activation);
  }
  return { outputs: below, hidden: activations.slice(0, -1), statistics };
}
