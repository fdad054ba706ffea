// What all parts of a TensorFlow.js program share: the plan, the operations, and numbers that stay on the device.
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../compiled/plan.ts';
import type { Backend, Tf } from './backend.ts';

export interface Network {
  readonly tf: Tf;
  readonly plan: Plan;
  /** As of the backend: before operations that follow an await. */
  readonly use: () => void;
  /** Whether operations with exp may turn NaN into a number; see `keepNaN`. */
  readonly losesNaN: boolean;
  /** A number that is uploaded once; for settings and constants, not for what is new at every step. */
  readonly constant: (value: number) => Tensor;
  /** Numbers of output units, 1 × outputs as int32: what labels are compared with. A single unit stands for class 1. */
  readonly unitLabels: Tensor;
  dispose(): void;
}

export function makeNetwork({ tf, use, losesNaN }: Backend, plan: Plan): Network {
  const constants = new Map<number, Tensor>();
  const numbers = plan.outputs === 1 ? [1] : Array.from({ length: plan.outputs }, (_, unit) => unit);
  const unitLabels = tf.tensor2d(numbers, [1, plan.outputs], 'int32');
  return {
    tf,
    plan,
    use,
    losesNaN,
    unitLabels,
    constant: (value) => {
      const made = constants.get(value) ?? tf.keep(tf.scalar(value));
      constants.set(value, made);
      return made;
    },
    dispose: () => {
      for (const tensor of constants.values()) tensor.dispose();
      unitLabels.dispose();
    },
  };
}

/**
 * `result`, but NaN where `x` is, and with a gradient of NaN there. SwiftShader's exp(NaN) is infinity, so that its sigmoid makes 0 of a
 * NaN, ELU and softplus make infinity. The kernel of clipByValue tests for NaN by the bits: clipped to [1, 1], `x` is a factor of 1 or
 * NaN (called by name, since tf.clipByValue answers equal bounds with a fill). To automatic differentiation the factor is a constant.
 */
export function keepNaN({ tf, losesNaN }: Network, x: Tensor, result: Tensor): Tensor {
  if (!losesNaN) return result;
  const bounds = { clipValueMin: 1, clipValueMax: 1 };
  const factor = tf.customGrad((input) => ({
    value: tf.engine().runKernel<Tensor>('ClipByValue', { x: input as Tensor }, bounds),
    gradFunc: (dy: Tensor) => tf.zerosLike(dy),
  }));
  return tf.mul(result, factor(x));
}
