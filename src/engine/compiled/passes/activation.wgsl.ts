// Activations and their derivatives in WGSL, as expressions. The derivative is told by the activation alone.
import type { Activation } from '../../../core/settings.ts';
import { literal } from '../gpu/stage.ts';

/** f(z) for a WGSL variable `z`. */
export function activated(activation: Activation, slope: number, z: string): string {
  const expressions: Record<Activation, string> = {
    linear: z,
    relu: `select(${z}, 0.0, ${z} < 0.0)`,
    'leaky-relu': `select(${z}, ${literal(slope)} * ${z}, ${z} < 0.0)`,
    elu: `select(${z}, safe_expm1(${z}), ${z} < 0.0)`,
    tanh: `safe_tanh(${z})`,
    sigmoid: `safe_sigmoid(${z})`,
  };
  return expressions[activation];
}

/** delta × f′, for a WGSL variable `y` that holds the activation; f is monotone, so y ≤ 0 exactly where its input is. */
export function derived(activation: Activation, slope: number, delta: string, y: string): string {
  const factors: Record<Activation, string> = {
    linear: '1.0',
    relu: `select(1.0, 0.0, ${y} <= 0.0)`,
    'leaky-relu': `select(1.0, ${literal(slope)}, ${y} <= 0.0)`,
    elu: `select(1.0, ${y} + 1.0, ${y} <= 0.0)`,
    tanh: `(1.0 - ${y} * ${y})`,
    sigmoid: `${y} * (1.0 - ${y})`,
  };
  return activation === 'linear' ? delta : `${delta} * ${factors[activation]}`;
}
