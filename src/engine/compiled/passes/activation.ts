// Activations and their derivatives. No shortcut on zero, and NaN stays NaN.
import type { Activation } from '../../../core/settings.ts';
import type { Reals } from '../arena.ts';
import type { LayerSpace } from '../workspace.ts';

type Kernel = (z: Reals, a: Reals, size: number, slope: number) => void;

const forwards: Record<Exclude<Activation, 'linear'>, Kernel> = {
  relu: (z, a, size) => {
    for (let k = 0; k < size; k++) a[k] = z[k]! < 0 ? 0 : z[k]!;
  },
  'leaky-relu': (z, a, size, slope) => {
    for (let k = 0; k < size; k++) a[k] = z[k]! < 0 ? slope * z[k]! : z[k]!;
  },
  elu: (z, a, size) => {
    for (let k = 0; k < size; k++) a[k] = z[k]! < 0 ? Math.expm1(z[k]!) : z[k]!;
  },
  tanh: (z, a, size) => {
    for (let k = 0; k < size; k++) a[k] = Math.tanh(z[k]!);
  },
  sigmoid: (z, a, size) => {
    for (let k = 0; k < size; k++) a[k] = 1 / (1 + Math.exp(-z[k]!));
  },
};

type Derivative = (z: Reals, a: Reals, delta: Reals, size: number, slope: number) => void;

/** delta ← delta × f′(z). At 0 the slope of ReLU and its kin is taken as that of the negative side. */
const backwards: Record<Exclude<Activation, 'linear'>, Derivative> = {
  relu: (z, _a, delta, size) => {
    for (let k = 0; k < size; k++) delta[k] = delta[k]! * (z[k]! <= 0 ? 0 : 1);
  },
  'leaky-relu': (z, _a, delta, size, slope) => {
    for (let k = 0; k < size; k++) delta[k] = delta[k]! * (z[k]! <= 0 ? slope : 1);
  },
  elu: (z, a, delta, size) => {
    for (let k = 0; k < size; k++) delta[k] = delta[k]! * (z[k]! <= 0 ? a[k]! + 1 : 1);
  },
  tanh: (_z, a, delta, size) => {
    for (let k = 0; k < size; k++) delta[k] = delta[k]! * (1 - a[k]! * a[k]!);
  },
  sigmoid: (_z, a, delta, size) => {
    for (let k = 0; k < size; k++) delta[k] = delta[k]! * a[k]! * (1 - a[k]!);
  },
};

/** activation ← f(preactivation) over the first `count` examples. */
export function activate(space: LayerSpace, slope: number): (count: number) => void {
  const { layer, preactivation, activation } = space;
  if (layer.activation === 'linear') return () => undefined;
  const kernel = forwards[layer.activation];
  return (count) => {
    kernel(preactivation, activation, count * layer.outputs, slope);
  };
}

/** delta by the activation ← delta by the preactivation. */
export function activateBackward(space: LayerSpace, delta: Reals, slope: number): (count: number) => void {
  const { layer, preactivation, activation } = space;
  if (layer.activation === 'linear') return () => undefined;
  const kernel = backwards[layer.activation];
  return (count) => {
    kernel(preactivation, activation, delta, count * layer.outputs, slope);
  };
}
