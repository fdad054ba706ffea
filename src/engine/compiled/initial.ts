// Initial parameters from the recipe's seed: the same numbers in every engine.
import { streams, uniform } from '../../core/random.ts';
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import type { LayerPlan, ParameterRegion } from './plan.ts';

/**
 * Half-width of the uniform distribution of a layer's weights: He (√(6 / fan-in)) before ReLU, LeakyReLU and ELU,
 * Glorot (√(6 / (fan-in + fan-out))) otherwise; times `initialScale`.
 */
function initialLimit(layer: LayerPlan, scale: number): number {
  const rectified =
    layer.activation === 'relu' || layer.activation === 'leaky-relu' || layer.activation === 'elu';
  return scale * Math.sqrt(6 / (rectified ? layer.inputs : layer.inputs + layer.outputs));
}

/** Fills one parameter region. Entries at step 0 apply before weights are drawn. Biases start at `initialBias` in hidden layers and at 0 in the output layer. */
export function fillInitial(
  recipe: Recipe,
  region: ParameterRegion,
  hidden: boolean,
  target: Float32Array | Float64Array,
): void {
  const { layer, kind } = region;
  const { initialScale, initialBias } = settingsAt(settingsPeriods(recipe, 0), 0);
  if (kind === 'weights') {
    const limit = initialLimit(layer, initialScale);
    for (let k = 0; k < target.length; k++) {
      target[k] = Math.fround(limit * (2 * uniform(recipe.seed, streams.weights, layer.number, k) - 1));
    }
  } else if (kind === 'biases') {
    target.fill(hidden ? Math.fround(initialBias) : 0);
  } else {
    target.fill(kind === 'gamma' ? 1 : 0);
  }
}
