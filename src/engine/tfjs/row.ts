// Folds the signals of a step on the device into one row tensor, and says which columns of it hold a value.
import type { Tensor } from '@tensorflow/tfjs';
import type { RowLayout } from '../../core/layout.ts';
import { saturationMargin } from '../../signals/index.ts';
import type { LayerPlan } from '../compiled/plan.ts';
import type { Derivation } from './differentiate.ts';
import type { Network } from './network.ts';
import { countNonfinite, norm, scaledSquares, type ScaledSquares } from './norms.ts';
import type { State } from './state.ts';

/** Folded values by column number; what has no column is dropped. */
export class Fold {
  readonly #layout: RowLayout;
  readonly #values = new Map<number, Tensor>();

  constructor(layout: RowLayout) {
    this.#layout = layout;
  }

  set(signal: string, value: Tensor, layer = 0): void {
    this.#values.set(this.#layout.column(signal, layer), value);
  }

  /** Numbers of the columns that hold a value. */
  get columns(): readonly number[] {
    return [...this.#values.keys()];
  }

  /** One number per column; 0 where there is no value. */
  row({ tf, constant }: Network): Tensor {
    return tf.stack(this.#layout.columns.map((_, column) => this.#values.get(column) ?? constant(0)));
  }
}

/** Share of the units that no example has activated for a whole window; counts up the quiet steps of each unit. */
function deadShare(
  { tf, constant }: Network,
  state: State,
  layer: LayerPlan,
  activation: Tensor,
  window: number,
): Tensor {
  const name = `quiet.${layer.number}`;
  // NaN is not "never activated": whether every value is ≤ 0 is false for it.
  const silent = tf.cast(tf.all(tf.lessEqual(activation, constant(0)), 0), 'float32');
  state.replace(name, tf.mul(tf.add(state.tensor(name), constant(1)), silent));
  return tf.mean(tf.cast(tf.greaterEqual(state.tensor(name), constant(window)), 'float32'));
}

function saturatedShare({ tf, constant }: Network, values: Tensor, low: number, high: number): Tensor {
  const margin = saturationMargin * (high - low);
  const near = tf.logicalOr(
    tf.lessEqual(values, constant(low + margin)),
    tf.greaterEqual(values, constant(high - margin)),
  );
  return tf.mean(tf.cast(near, 'float32'));
}

function foldLayers(
  fold: Fold,
  network: Network,
  state: State,
  { hidden }: Derivation,
  window: number,
): void {
  hidden.forEach((activation, index) => {
    const layer = network.plan.layers[index];
    if (!layer) return;
    const set = (signal: string, value: Tensor) => {
      fold.set(signal, value, layer.number);
    };
    set('activation_mean', network.tf.mean(activation));
    if (layer.activation === 'relu')
      set('dead_neuron_ratio', deadShare(network, state, layer, activation, window));
    if (layer.activation === 'tanh') set('saturation_ratio', saturatedShare(network, activation, -1, 1));
    if (layer.activation === 'sigmoid') set('saturation_ratio', saturatedShare(network, activation, 0, 1));
  });
}

/** Sizes of each layer's share of the flat parameters. */
export function layerSizes({ plan }: Network): readonly number[] {
  return plan.layers.map(({ inputs, outputs, batchNorm }) => outputs * (inputs + (batchNorm ? 3 : 1)));
}

/** Gradient norm of the first layer ÷ of the last. */
function normRatio(network: Network, { squares }: ScaledSquares): Tensor {
  const { tf } = network;
  const sizes = layerSizes(network);
  const [first = 0, last = 0] = [sizes[0], sizes.at(-1)];
  const sum = (begin: number, size: number) => tf.sum(tf.slice(squares, begin, size));
  return tf.sqrt(tf.div(sum(0, first), sum(squares.size - last, last)));
}

/** Signals of the batch and its gradients; returns the gradients' global norm. */
export function foldDerivation(
  fold: Fold,
  network: Network,
  state: State,
  derivation: Derivation,
  window: number,
): Tensor {
  const { gradients, loss, losses, right } = derivation;
  const squares = scaledSquares(network, gradients);
  const gradientNorm = norm(network, squares);
  fold.set('loss', loss);
  fold.set('accuracy', network.tf.mean(right));
  fold.set('gradient_norm', gradientNorm);
  fold.set('gradient_norm_ratio', normRatio(network, squares));
  fold.set('nonfinite_loss', countNonfinite(network, losses));
  fold.set('nonfinite_gradient', countNonfinite(network, gradients));
  foldLayers(fold, network, state, derivation, window);
  return gradientNorm;
}

/** Signals of the update: what was taken from the parameters, their norm before it, and the parameters after it. */
export function foldUpdate(
  fold: Fold,
  network: Network,
  change: Tensor,
  before: Tensor,
  after: Tensor,
): void {
  const changeNorm = norm(network, scaledSquares(network, change));
  fold.set('update_ratio', network.tf.div(changeNorm, before));
  fold.set('nonfinite_weight', countNonfinite(network, after));
}
