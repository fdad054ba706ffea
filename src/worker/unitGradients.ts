// The gradient of each unit: the norm over its incoming weights and its bias. Zero is what a dead unit gets.
import { networkShape } from '../signals/series.ts';
import type { Standing } from './aside.ts';

/** @param gradients of all parameters in the order of `signals/parameters.ts` */
export function unitGradients(
  {
    recipe,
    dataset,
    settings,
  }: Pick<Standing, 'recipe' | 'dataset'> & { readonly settings: { batchNorm: boolean } },
  gradients: Float32Array,
  layer: number,
): Float32Array<ArrayBuffer> {
  const { features, hidden } = networkShape(recipe, dataset);
  const widths = [features, ...hidden];
  const sizeOf = (index: number): number => {
    const [inputs, width] = [widths[index - 1] ?? 0, widths[index] ?? 0];
    return width * (inputs + (settings.batchNorm ? 3 : 1));
  };
  let offset = 0;
  for (let below = 1; below < layer; below++) offset += sizeOf(below);
  const [inputs, width] = [widths[layer - 1] ?? 0, widths[layer] ?? 0];
  return Float32Array.from({ length: width }, (_, unit) => {
    const weights = offset + unit * inputs;
    const incoming = [
      ...gradients.subarray(weights, weights + inputs),
      gradients[offset + width * inputs + unit] ?? 0,
    ];
    return Math.hypot(...incoming);
  });
}
