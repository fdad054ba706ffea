// Dropout behind a hidden layer's activation (Srivastava et al. 2014), inverted: training scales, evaluation has nothing to do.
import { hashOf, hashStem, streams } from '../../../core/random.ts';
import type { Recipe } from '../../../core/recipe.ts';
import type { Settings } from '../../../core/settings.ts';
import type { Reals } from '../arena.ts';
import type { Machine } from '../pass.ts';
import type { LayerSpace } from '../workspace.ts';

/** Elements of a layer that have hashes of their own: more than 1,024 examples × 512 units. */
const elementsPerLayer = 2 ** 20;

/**
 * What each of the first `size` activations of a layer (1 = first hidden; element = row × width + unit) is multiplied with at `step`:
 * 0 where it is dropped, 1 / (1 − dropout) where it is kept. Compares whole numbers, so that every machine drops the same.
 */
export function fillMask(
  mask: Reals,
  size: number,
  { seed }: Pick<Recipe, 'seed'>,
  { dropout }: Pick<Settings, 'dropout'>,
  step: number,
  layer: number,
): void {
  const stem = hashStem(seed, streams.dropout, step);
  const threshold = Math.ceil(dropout * 2 ** 24);
  const scale = Math.fround(1 / (1 - dropout));
  const first = layer * elementsPerLayer;
  for (let k = 0; k < size; k++) mask[k] = hashOf(stem, first + k) >>> 8 >= threshold ? scale : 0;
}

/** What is dropped is 0 even where it is not finite: 0 × ∞ would be NaN. */
function applyMask(mask: Reals, from: Reals, to: Reals, size: number): void {
  for (let k = 0; k < size; k++) to[k] = mask[k] === 0 ? 0 : from[k]! * mask[k]!;
}

const idle = (): void => undefined;

/** output ← activation × a fresh mask, over the first `count` examples. */
export function dropOut({ recipe, control }: Machine, space: LayerSpace): (count: number) => void {
  const { layer, activation, mask, output } = space;
  if (mask.length === 0) return idle;
  return (count) => {
    const size = count * layer.outputs;
    fillMask(mask, size, recipe, control.settings, control.step, layer.number);
    applyMask(mask, activation, output, size);
  };
}

/** delta by the output ← delta by the activation, with the mask of the forward pass. */
export function dropOutBackward({ layer, mask }: LayerSpace, delta: Reals): (count: number) => void {
  if (mask.length === 0) return idle;
  return (count) => {
    applyMask(mask, delta, delta, count * layer.outputs);
  };
}
