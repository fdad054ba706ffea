// Optimizers on the flat parameters: plain SGD, momentum and Adam, with gradient clipping by global norm.
import type { Tensor } from '@tensorflow/tfjs';
import { scheduledRate } from '../../core/schedule.ts';
import type { Settings } from '../../core/settings.ts';
import { adamBeta2, adamEpsilon } from '../compiled/passes/optimizer.ts';
import type { Network } from './network.ts';
import type { State } from './state.ts';

/** What a step takes from the parameters; `rate` is its learning rate. */
type Change = (
  network: Network,
  state: State,
  gradients: Tensor,
  rate: number,
  momentum: Settings['momentum'],
) => Tensor;

function decayed(
  { tf, constant }: Network,
  moment: Tensor,
  keep: number,
  fresh: Tensor,
  share: number,
): Tensor {
  const added = share === 1 ? fresh : tf.mul(fresh, constant(share));
  return tf.add(tf.mul(moment, constant(keep)), added);
}

const changes: Record<Network['plan']['optimizer'], Change> = {
  // The rate is a number of the step, uploaded with it: as a constant of the network every new rate would stay.
  sgd: ({ tf }, _state, gradients, rate) => tf.mul(gradients, tf.scalar(rate)),
  momentum: (network, state, gradients, rate, momentum) => {
    state.replace('moment1', decayed(network, state.tensor('moment1'), momentum, gradients, 1));
    return network.tf.mul(state.tensor('moment1'), network.tf.scalar(rate));
  },
  adam: (network, state, gradients, rate, momentum) => {
    const { tf, constant } = network;
    const squares = tf.square(gradients);
    state.replace('moment1', decayed(network, state.tensor('moment1'), momentum, gradients, 1 - momentum));
    state.replace('moment2', decayed(network, state.tensor('moment2'), adamBeta2, squares, 1 - adamBeta2));
    const first = tf.scalar(rate / (1 - momentum ** (state.step + 1)));
    const second = tf.scalar(1 / (1 - adamBeta2 ** (state.step + 1)));
    const deviation = tf.sqrt(tf.mul(state.tensor('moment2'), second));
    return tf.div(tf.mul(state.tensor('moment1'), first), tf.add(deviation, constant(adamEpsilon)));
  },
};

/** The gradients, scaled down to `clipNorm` where their norm exceeds it; a norm of NaN exceeds nothing. */
function clipped({ tf, constant }: Network, gradients: Tensor, norm: Tensor, clipNorm: number): Tensor {
  if (clipNorm <= 0) return gradients;
  const limit = constant(clipNorm);
  return tf.mul(gradients, tf.where(tf.greater(norm, limit), tf.div(limit, norm), constant(1)));
}

/** Updates the parameters; returns what was taken from them. */
export function updateParameters(
  network: Network,
  state: State,
  settings: Settings,
  gradients: Tensor,
  norm: Tensor,
): Tensor {
  const usable = clipped(network, gradients, norm, settings.clipNorm);
  const rate = scheduledRate(settings, state.step);
  const change = changes[network.plan.optimizer](network, state, usable, rate, settings.momentum);
  state.replace('parameters', network.tf.sub(state.tensor('parameters'), change));
  return change;
}
