// Batch normalisation before the activation as TensorFlow.js operations, with running statistics for evaluation.
import type { Tensor } from '@tensorflow/tfjs';
import { batchNormEpsilon, runningShare } from '../compiled/passes/batchNorm.ts';
import type { Network } from './network.ts';
import type { State } from './state.ts';

/** Mean and population variance of each unit. */
export interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Over the examples, in two passes: the one-pass formula cancels when the mean is large. */
export function batchStatistics({ tf }: Network, z: Tensor): Statistics {
  return tf.moments(z, 0);
}

/**
 * The running statistics; before any batch has been seen, mean 0 and variance 1. The running mean leaves the bias out, as in the compiled
 * pass, which says why.
 */
export function runningStatistics(
  { tf, constant }: Network,
  state: State,
  layer: number,
  biases: Tensor,
): Statistics {
  if (state.batchesSeen(layer) === 0) return { mean: constant(0), variance: constant(1) };
  const mean = tf.add(state.tensor(`runningMean.${layer}`), biases);
  return { mean, variance: state.tensor(`runningVariance.${layer}`) };
}

export function normalise(
  { tf, constant }: Network,
  z: Tensor,
  { mean, variance }: Statistics,
  gamma: Tensor,
  beta: Tensor,
): Tensor {
  const inverseDeviation = tf.rsqrt(tf.add(variance, constant(batchNormEpsilon)));
  return tf.add(tf.mul(tf.mul(tf.sub(z, mean), inverseDeviation), gamma), beta);
}

/** The n-th batch enters with weight max(1/n, 0.1): see the compiled pass. `biases` are those that the batch went through. */
export function updateRunning(
  { tf, constant }: Network,
  state: State,
  layer: number,
  batch: Statistics,
  biases: Tensor,
): void {
  const share = constant(Math.max(1 / state.countBatch(layer), runningShare));
  const move = (name: string, towards: Tensor) => {
    const running = state.tensor(name);
    state.replace(name, tf.add(running, tf.mul(share, tf.sub(towards, running))));
  };
  move(`runningMean.${layer}`, tf.sub(batch.mean, biases));
  move(`runningVariance.${layer}`, batch.variance);
}
