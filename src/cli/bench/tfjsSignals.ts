// Naive telemetry in TensorFlow.js: every core signal by operations of its own, read back by itself, every step.
import type { Tensor } from '@tensorflow/tfjs';
import type { Task } from './task.ts';
import { activations, type TfjsBatch, type TfjsNetwork } from './tfjsNetwork.ts';

export interface NaiveSignals {
  /** @param gradients in the order of the variables: all weights, then all biases */
  read(batch: TfjsBatch, loss: Tensor, gradients: readonly Tensor[]): Promise<void>;
}

export function naiveSignals(task: Task, network: TfjsNetwork): NaiveSignals {
  const { tf } = network.backend;
  const last = task.layers.length - 1;
  const norm = (tensors: readonly Tensor[]): Tensor =>
    tf.sqrt(tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor)))));
  const nonfinite = (tensors: readonly Tensor[]): Tensor =>
    tf.addN(tensors.map((tensor) => tf.sum(tf.logicalNot(tf.isFinite(tensor)).toFloat())));

  /** One function per signal. The learning rate and the last evaluation are known without a device. */
  const signalsOf = ({ inputs, labels }: TfjsBatch, loss: Tensor, gradients: readonly Tensor[]) => {
    const parameters: readonly Tensor[] = [...network.weights, ...network.biases];
    const output = (index: number): Tensor => activations(network, inputs).at(index) as Tensor;
    const ofLayers = task.layers
      .slice(0, last)
      .flatMap((_, index) => [
        () => tf.mean(output(index)),
        () => tf.mean(tf.equal(tf.max(output(index), 0), 0).toFloat()),
      ]);
    return [
      () => loss.clone(),
      () => tf.mean(tf.equal(tf.argMax(output(last), 1), tf.argMax(labels, 1)).toFloat()),
      () => norm(gradients),
      () => tf.div(norm(gradients.slice(0, 1)), norm(gradients.slice(last, last + 1))),
      () => tf.div(tf.mul(norm(gradients), task.recipe.learningRate), norm(parameters)),
      () => nonfinite([loss]),
      () => nonfinite(gradients),
      () => nonfinite(parameters),
      ...ofLayers,
    ];
  };

  return {
    read: async (batch, loss, gradients) => {
      for (const signal of signalsOf(batch, loss, gradients)) {
        network.backend.use();
        const value = tf.tidy(signal);
        await value.data();
        value.dispose();
      }
    },
  };
}
