// Losses per example as TensorFlow.js operations, which examples are right, and the probabilities of the classes.
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../compiled/plan.ts';
import { keepNaN, type Network } from './network.ts';

/** The loss of each example, mean over its output units; `hot` (bool) marks the unit of its label. */
type ExampleLosses = (network: Network, z: Tensor, hot: Tensor) => Tensor;

const exampleLosses: Record<Plan['loss'], ExampleLosses> = {
  'softmax-cross-entropy': ({ tf }, z, hot) => {
    const logarithms = tf.logSoftmax(z);
    const own = tf.where(hot, logarithms, tf.zerosLike(logarithms));
    return tf.neg(tf.sum(own, 1));
  },
  // softplus(z) − z·t; not max(z, 0) − z·t + log(1 + e^−|z|), whose automatic derivative at 0 is wrong.
  'sigmoid-cross-entropy': (network, z, hot) => {
    const { tf } = network;
    const softplus = keepNaN(network, z, tf.softplus(z));
    return tf.mean(tf.sub(softplus, tf.mul(z, tf.cast(hot, 'float32'))), 1);
  },
  'squared-error': ({ tf }, z, hot) => tf.mean(tf.square(tf.sub(z, tf.cast(hot, 'float32'))), 1),
};

/** Which units the labels (examples × 1, int32) stand for, examples × outputs as bool. */
export function hotUnits({ tf, unitLabels }: Network, labels: Tensor): Tensor {
  return tf.equal(labels, unitLabels);
}

export function lossOfExamples(network: Network, z: Tensor, hot: Tensor): Tensor {
  return exampleLosses[network.plan.loss](network, z, hot);
}

/**
 * Right when the label's output beats those before it and equals or beats those after it, as the first of the largest does. No argMax:
 * it promises nothing for NaN and for ties, where a comparison with NaN is false.
 */
export function rightExamples(network: Network, z: Tensor, labels: Tensor, hot: Tensor): Tensor {
  const { tf, plan, constant, unitLabels } = network;
  if (plan.outputs === 1) {
    const border = constant(plan.loss === 'squared-error' ? 0.5 : 0);
    return tf.squeeze(tf.where(hot, tf.greater(z, border), tf.lessEqual(z, border)), [1]);
  }
  const own = tf.sum(tf.where(hot, z, tf.zerosLike(z)), 1, true);
  const before = tf.less(unitLabels, labels);
  return tf.all(tf.where(before, tf.greater(own, z), tf.greaterEqual(own, z)), 1);
}

/** Probability of each class, examples × classes: softmax, sigmoid, or the clamped regression output. */
export function probabilities(network: Network, z: Tensor): Tensor {
  const { tf, plan } = network;
  if (plan.loss === 'softmax-cross-entropy') return tf.softmax(z);
  const clamped = plan.loss === 'squared-error';
  const of = clamped ? tf.clipByValue(z, 0, 1) : keepNaN(network, z, tf.sigmoid(z));
  return plan.outputs === 1 ? tf.concat([tf.sub(1, of), of], 1) : of;
}
