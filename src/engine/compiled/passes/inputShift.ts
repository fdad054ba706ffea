// How far what users send has moved, at steps mod E: the divergence of a window of production examples from the validation set.
import type { Recipe } from '../../../core/recipe.ts';
import type { Production } from '../../../core/stateFaults.ts';
import type { Dataset } from '../../../data/dataset.ts';
import { batchWindow, referenceOf, shiftWindow } from '../../../data/inputShift.ts';
import { productionSamples } from '../../../data/production.ts';
import type { Pass } from '../pass.ts';

/** KL(production ‖ validation) in nats, largest over the features. */
export interface Divergences {
  readonly window: number;
  /** Of the first examples of the window alone. */
  readonly batch: number;
}

/** At an evaluation step: every evaluation has a window of its own. A function of these arguments alone. */
export function divergencesAt(
  dataset: Dataset,
  { seed, validateEvery }: Pick<Recipe, 'seed' | 'validateEvery'>,
  production: Production,
  step: number,
): Divergences {
  const reference = referenceOf(dataset);
  const from = Math.floor(step / validateEvery) * shiftWindow;
  const { inputs } = productionSamples(dataset, seed, production, from, shiftWindow);
  return {
    window: reference.divergence(inputs, shiftWindow),
    batch: reference.divergence(inputs, batchWindow),
  };
}

export const inputShift: Pass = {
  id: 'input-shift',
  javascript:
    ({ recipe, dataset, control, sums }) =>
    () => {
      if (control.step % recipe.validateEvery !== 0) return;
      sums.divergences = divergencesAt(dataset, recipe, control.production(control.step), control.step);
    },
};
