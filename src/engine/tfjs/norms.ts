// Norms that neither overflow nor underflow in float32, and counts of values that are not finite.
import type { Tensor } from '@tensorflow/tfjs';
import type { Network } from './network.ts';

export interface ScaledSquares {
  /** Largest absolute value, within what can divide and be multiplied with. */
  readonly scale: Tensor;
  /** (value ÷ scale)². */
  readonly squares: Tensor;
}

/**
 * Squares of a vector, scaled: the plain execution sums in float64, and float32 ends at 3.4e38, the square of 1.8e19. The bounds keep
 * zeros (0 ÷ 1e-30) and infinities (∞ ÷ 3e38) what they are; NaN passes.
 */
export function scaledSquares({ tf }: Network, values: Tensor): ScaledSquares {
  const scale = tf.clipByValue(tf.max(tf.abs(values)), 1e-30, 3e38);
  return { scale, squares: tf.square(tf.div(values, scale)) };
}

export function norm(network: Network, { scale, squares }: ScaledSquares): Tensor {
  const { tf } = network;
  return tf.mul(scale, tf.sqrt(tf.sum(squares)));
}

/**
 * NaN and infinite values, as float32. tf.isFinite holds on the GPU too: its kernel tests for NaN by the bits and compares with an
 * infinity from a uniform, which a compiler cannot fold away (tried on SwiftShader; a constant infinity in WGSL is not even allowed).
 */
export function countNonfinite({ tf }: Network, values: Tensor): Tensor {
  return tf.sum(tf.cast(tf.logicalNot(tf.isFinite(values)), 'float32'));
}
