// Losses per example as TensorFlow.js operations, which examples are right, and the probabilities of the classes.
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../compiled/plan.ts';
import { keepNaN, type Network } from './network.ts';

/** What the examples' labels ask of the output units. */
export interface Goals {
  /** Examples × 1, int32. */
  readonly labels: Tensor;
  /** Examples × outputs, bool: the unit that a label stands for; a single unit stands for label 1. */
  readonly hot: Tensor;
  /** Examples × outputs: 0 or 1; a single unit goes from 0 for the first label to 1 for the last. */
  readonly targets: Tensor;
}

/** The loss of each example, mean over its output units. */
type ExampleLosses = (network: Network, z: Tensor, goals: Goals) => Tensor;

const exampleLosses: Record<Plan['loss'], ExampleLosses> = {
  'softmax-cross-entropy': ({ tf }, z, { hot }) => {
    const logarithms = tf.logSoftmax(z);
    const own = tf.where(hot, logarithms, tf.zerosLike(logarithms));
    return tf.neg(tf.sum(own, 1));
  },
  // softplus(z) − z·t; not max(z, 0) − z·t + log(1 + e^−|z|), whose automatic derivative at 0 is wrong.
  'sigmoid-cross-entropy': (network, z, { targets }) => {
    const { tf } = network;
    const softplus = keepNaN(network, z, tf.softplus(z));
    return tf.mean(tf.sub(softplus, tf.mul(z, targets)), 1);
  },
  'squared-error': ({ tf }, z, { targets }) => tf.mean(tf.square(tf.sub(z, targets)), 1),
};

export function goalsOf({ tf, plan, constant, unitLabels }: Network, labels: Tensor): Goals {
  const hot = tf.equal(labels, unitLabels);
  const targets =
    plan.outputs === 1
      ? tf.mul(tf.cast(labels, 'float32'), constant(1 / (plan.labels.levels - 1)))
      : tf.cast(hot, 'float32');
  return { labels, hot, targets };
}

export function lossOfExamples(network: Network, z: Tensor, goals: Goals): Tensor {
  return exampleLosses[network.plan.loss](network, z, goals);
}

/** As in plain: within the tolerance of the target, or beyond the end of the range that the target is near to. With NaN one comparison at least is false. */
function nearExamples({ tf, plan, constant }: Network, z: Tensor, targets: Tensor): Tensor {
  const { tolerance } = plan.labels;
  const middle = plan.loss === 'squared-error' ? 0 : 0.5;
  const above = tf.logicalOr(
    tf.greater(z, tf.sub(targets, constant(tolerance + middle))),
    tf.less(targets, constant(tolerance)),
  );
  const below = tf.logicalOr(
    tf.lessEqual(z, tf.add(targets, constant(tolerance - middle))),
    tf.greater(targets, constant(1 - tolerance)),
  );
  return tf.squeeze(tf.logicalAnd(above, below), [1]);
}

/**
 * Right when the label's output beats those before it and equals or beats those after it, as the first of the largest does. No argMax:
 * it promises nothing for NaN and for ties, where a comparison with NaN is false.
 */
export function rightExamples(network: Network, z: Tensor, { labels, hot, targets }: Goals): Tensor {
  const { tf, plan, unitLabels } = network;
  if (plan.outputs === 1) return nearExamples(network, z, targets);
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
