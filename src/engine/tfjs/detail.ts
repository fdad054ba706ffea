// What the last step leaves behind beyond its row, as tensors that stay on the device until a telemetry level asks for them.
import type { Tensor } from '@tensorflow/tfjs';
import { detailParts } from '../compiled/detail.ts';
import type { DetailLevel, StepDetail } from '../engine.ts';
import type { Derivation } from './differentiate.ts';
import { layerSizes } from './row.ts';
import type { Network } from './network.ts';
import { norm, scaledSquares } from './norms.ts';
import type { State } from './state.ts';

const hiddenName = (layer: number): string => `detail.hidden.${layer}`;

/** A clone shares its numbers, and outlives the step. */
export function keepDetail({ tf }: Network, state: State, { gradients, losses, hidden }: Derivation): void {
  state.replace('detail.gradients', tf.clone(gradients));
  state.replace('detail.losses', tf.clone(losses));
  hidden.forEach((activation, index) => {
    state.replace(hiddenName(index + 1), tf.clone(activation));
  });
}

function layerNorms(network: Network, gradients: Tensor): Tensor {
  const { tf } = network;
  let from = 0;
  const norms = layerSizes(network).map((size) => {
    const own = tf.slice(gradients, from, size);
    from += size;
    return norm(network, scaledSquares(network, own));
  });
  return tf.stack(norms);
}

function tensorOf(network: Network, state: State, part: keyof StepDetail): Tensor {
  const { tf, plan } = network;
  switch (part) {
    case 'layerGradients':
      return layerNorms(network, state.tensor('detail.gradients'));
    case 'activations': {
      const hidden = plan.layers.slice(0, plan.hiddenLayers);
      const means = hidden.map(({ number }) => tf.mean(state.tensor(hiddenName(number)), 0));
      return tf.concat(means);
    }
    case 'parameters':
      return tf.clone(state.tensor('parameters'));
    case 'gradients':
      return tf.clone(state.tensor('detail.gradients'));
    case 'losses':
      return tf.clone(state.tensor('detail.losses'));
  }
}

export async function readDetail(
  network: Network,
  state: State,
  level: DetailLevel,
  read: (tensor: Tensor) => Promise<Float32Array>,
): Promise<StepDetail> {
  const hasUnits = network.plan.hiddenLayers > 0;
  const tensors = detailParts[level]
    .filter((part) => part !== 'activations' || hasUnits)
    .map((part) => [part, network.tf.tidy(() => tensorOf(network, state, part))] as const);
  const values = new Map<keyof StepDetail, Float32Array<ArrayBuffer>>();
  // Asked for together: each wait would cost a round trip.
  await Promise.all(
    tensors.map(async ([part, tensor]) => values.set(part, new Float32Array(await read(tensor)))),
  );
  const of = (part: keyof StepDetail) => values.get(part) ?? new Float32Array();
  return {
    layerGradients: of('layerGradients'),
    activations: of('activations'),
    parameters: of('parameters'),
    gradients: of('gradients'),
    losses: of('losses'),
  };
}
