// Dropout as TensorFlow.js operations: masks from the CPU, for tf.dropout would repeat one mask or take random numbers of its own.
import type { Tensor } from '@tensorflow/tfjs';
import type { Recipe } from '../../core/recipe.ts';
import type { Settings } from '../../core/settings.ts';
import { fillMask } from '../compiled/passes/dropout.ts';
import type { LayerPlan } from '../compiled/plan.ts';
import type { Network } from './network.ts';

/** What the layer above reads in place of a hidden layer's activation. */
export type DropOut = (layer: LayerPlan, activation: Tensor) => Tensor;

/** Evaluation drops nothing, nor does a network without dropout. */
export const dropNothing: DropOut = (_layer, activation) => activation;

/** Dropped is 0, and so is the gradient there, even beside values that are not finite; automatic differentiation would make 0 × NaN of it. */
function masked({ tf, constant }: Network, x: Tensor, kept: Tensor, scale: Tensor): Tensor {
  const apply = (values: Tensor) => tf.where(kept, tf.mul(values, scale), constant(0));
  return tf.customGrad((input) => ({
    value: apply(input as Tensor),
    gradFunc: (dy: Tensor) => apply(dy),
  }))(x);
}

/** The dropout of one step. Masks are uploaded here, outside of the tape; the caller's `tidy` disposes of them. */
export function dropOutAt(network: Network, recipe: Recipe, settings: Settings, step: number): DropOut {
  const { tf, plan } = network;
  if (!plan.dropout) return dropNothing;
  const scale = tf.scalar(Math.fround(1 / (1 - settings.dropout)));
  const masks = plan.layers.slice(0, plan.hiddenLayers).map(({ number, outputs }) => {
    const mask = new Float32Array(plan.batch * outputs);
    fillMask(mask, mask.length, recipe, settings, step, number);
    return tf.tensor2d(
      Uint8Array.from(mask, (factor) => Number(factor > 0)),
      [plan.batch, outputs],
      'bool',
    );
  });
  return ({ number }, activation) => {
    const kept = masks[number - 1];
    return kept ? masked(network, activation, kept, scale) : activation;
  };
}
