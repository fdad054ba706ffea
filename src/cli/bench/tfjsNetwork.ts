// The network of a task in TensorFlow.js variables, and its batches as tensors.
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { Backend } from '../../engine/tfjs/backend.ts';
import { region, transposed, type Parameters, type Task } from './task.ts';

export interface TfjsNetwork {
  readonly backend: Backend;
  /** Inputs × outputs. */
  readonly weights: readonly Variable[];
  readonly biases: readonly Variable[];
}

export interface TfjsBatch {
  readonly inputs: Tensor2D;
  /** One-hot. */
  readonly labels: Tensor2D;
}

export function makeNetwork(backend: Backend, task: Task): TfjsNetwork {
  const { tf } = backend;
  const weights = task.layers.map(({ number, inputs, outputs }) => {
    const values = transposed(region(task.initial, `weights.${number}`), outputs, inputs);
    return tf.variable(tf.tensor2d(values, [inputs, outputs]));
  });
  const biases = task.layers.map(({ number }) =>
    tf.variable(tf.tensor1d(region(task.initial, `biases.${number}`))),
  );
  return { backend, weights, biases };
}

/** Uploaded ahead: faster for TensorFlow.js than to gather each batch by index. */
export function uploadBatches({ tf }: Backend, task: Task): TfjsBatch[] {
  return task.batches.map(({ inputs, labels }) => ({
    inputs: tf.tensor2d(inputs, [task.batch, task.features]),
    labels: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), task.classes).toFloat() as Tensor2D),
  }));
}

/** Outputs of every layer. The fused product does bias and activation in one kernel where the backend has one. */
export function activations({ backend: { tf }, weights, biases }: TfjsNetwork, inputs: Tensor2D): Tensor[] {
  const outputs: Tensor[] = [];
  weights.forEach((b: Tensor, index) => {
    const activation = index < weights.length - 1 ? 'relu' : 'linear';
    outputs.push(
      tf.fused.matMul({ a: outputs.at(-1) ?? inputs, b, bias: biases[index] as Tensor, activation }),
    );
  });
  return outputs;
}

/** Reads through a copy: a variable that was read keeps its numbers on the CPU, and later changes on the GPU stay unseen. */
export async function readTensor({ tf, use }: Backend, tensor: Tensor): Promise<Float32Array> {
  use();
  const copy = tf.mul(tensor, 1);
  const values = await copy.data<'float32'>();
  copy.dispose();
  return values;
}

export async function readParameters(task: Task, network: TfjsNetwork): Promise<Parameters> {
  const regions = new Map<string, Float32Array<ArrayBuffer>>();
  for (const [index, { number, inputs, outputs }] of task.layers.entries()) {
    const weights = await readTensor(network.backend, network.weights[index] as Tensor);
    regions.set(`weights.${number}`, transposed(weights, inputs, outputs));
    const biases = await readTensor(network.backend, network.biases[index] as Tensor);
    regions.set(`biases.${number}`, Float32Array.from(biases));
  }
  return regions;
}
