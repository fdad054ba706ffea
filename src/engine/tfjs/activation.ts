// Activations as TensorFlow.js operations; their derivatives come from automatic differentiation.
import type { Tensor } from '@tensorflow/tfjs';
import type { Activation } from '../../core/settings.ts';
import { keepNaN, type Network } from './network.ts';

type Squash = (network: Network, z: Tensor) => Tensor;

/** At 0 the gradient of ReLU and its kin is that of the negative side; NaN stays NaN. */
const squashes: Record<Activation, Squash> = {
  // In 4.22.0 a select by z < 0, on the CPU and on the GPU; a max(z, 0) would lose NaN on SwiftShader.
  relu: ({ tf }, z) => tf.relu(z),
  // Not tf.leakyRelu: its vectorised form multiplies by masks, and 0 × ∞ makes NaN of an infinity. Of the comparisons only
  // greaterEqual may stand in a condition, for the others have no gradient.
  'leaky-relu': ({ tf, plan, constant }, z) =>
    tf.where(tf.greaterEqual(constant(0), z), tf.mul(z, constant(plan.slope)), z),
  elu: (network, z) => keepNaN(network, z, network.tf.elu(z)),
  tanh: ({ tf }, z) => tf.tanh(z),
  sigmoid: (network, z) => keepNaN(network, z, network.tf.sigmoid(z)),
  linear: (_network, z) => z,
};

export function activate(network: Network, activation: Activation, z: Tensor): Tensor {
  return squashes[activation](network, z);
}
