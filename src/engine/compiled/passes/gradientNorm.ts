// Adds the L2 term and folds the gradient: its global norm, each layer's share, and how much of it is not finite.
import type { Reals } from '../arena.ts';
import { isNonfinite, type Pass } from '../pass.ts';
import { parameterRegions } from '../plan.ts';

function addDecay(gradient: Reals, weights: Reals, l2: number): void {
  for (let k = 0; k < gradient.length; k++) gradient[k] = gradient[k]! + l2 * weights[k]!;
}

function sumOfSquares(values: Reals): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! * values[k]!;
  return sum;
}

/** NaN and infinite values among `values`; a finite sum of squares proves that there are none, without a second look. */
export function countNonfinite(values: Reals, squares: number): number {
  if (!isNonfinite(squares)) return 0;
  let count = 0;
  for (let k = 0; k < values.length; k++) if (isNonfinite(values[k]!)) count++;
  return count;
}

export const gradientNorm: Pass = {
  id: 'gradient-norm',
  javascript: ({ plan, arena, telemetry, control, sums }) => {
    const regions = parameterRegions(plan).map(({ name, kind, layer }) => ({
      layer: layer.number - 1,
      decays: kind === 'weights',
      values: arena.region(name),
      gradient: arena.region(`gradient.${name}`),
    }));
    const decaying = regions.filter(({ decays }) => decays);
    const fold = (): void => {
      sums.gradientSquares.fill(0);
      sums.nonfiniteGradients = 0;
      for (const { layer, gradient } of regions) {
        const squares = sumOfSquares(gradient);
        sums.gradientSquares[layer] = sums.gradientSquares[layer]! + squares;
        sums.nonfiniteGradients += countNonfinite(gradient, squares);
      }
      sums.gradientNorm = Math.sqrt(sums.gradientSquares.reduce((total, squares) => total + squares, 0));
    };
    return () => {
      const { l2, clipNorm } = control.settings;
      if (l2 > 0) for (const { values, gradient } of decaying) addDecay(gradient, values, l2);
      if (telemetry !== 'off' || clipNorm > 0) fold();
    };
  },
};
