// Examples on the device: the data once, the batches by index, the labels as training sees them.
import type { Tensor } from '@tensorflow/tfjs';
import type { Recipe } from '../../core/recipe.ts';
import type { Settings } from '../../core/settings.ts';
import type { SpoiltBatches } from '../../core/stateFaults.ts';
import { fillBatch, spoilage } from '../../data/batches.ts';
import { inputScale, type Dataset, type Samples } from '../../data/dataset.ts';
import type { Network } from './network.ts';

export interface Examples {
  /** Examples × features. */
  readonly inputs: Tensor;
  /** Examples × 1, int32. */
  readonly labels: Tensor;
}

/** u8 inputs become the float32 nearest to value ÷ 255, as in the plain execution; a GPU's own division may differ. */
function inputValues(samples: Samples): Float32Array {
  if (samples.inputs instanceof Float32Array) return samples.inputs;
  const scale = inputScale(samples);
  return Float32Array.from(samples.inputs, (value) => value * scale);
}

export function upload({ tf, plan }: Network, samples: Samples): Examples {
  return {
    inputs: tf.tensor2d(inputValues(samples), [samples.count, plan.features]),
    labels: tf.tensor2d(Int32Array.from(samples.labels), [samples.count, 1], 'int32'),
  };
}

/** Examples `first` to `first + count`. */
export function slice({ tf }: Network, { inputs, labels }: Examples, first: number, count: number): Examples {
  return { inputs: tf.slice(inputs, first, count), labels: tf.slice(labels, first, count) };
}

/** The mini-batch of `step`: which examples is computed on the CPU, their inputs are gathered on the device. */
export function gatherBatch(
  { tf, plan }: Network,
  train: Examples,
  recipe: Recipe,
  settings: Settings,
  dataset: Dataset,
  spoilt: readonly SpoiltBatches[],
  step: number,
): Examples {
  const indices = new Uint32Array(plan.batch);
  const labels = new Uint8Array(plan.batch);
  fillBatch(recipe, settings, dataset, spoilt, step, indices, labels);
  const clean = tf.gather(train.inputs, tf.tensor1d(Int32Array.from(indices), 'int32'));
  const { factor } = spoilage(spoilt, step);
  return {
    inputs: factor === 1 ? clean : tf.mul(clean, factor),
    labels: tf.tensor2d(Int32Array.from(labels), [plan.batch, 1], 'int32'),
  };
}
