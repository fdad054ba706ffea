// The dataset with a validation set from what users send.
import type { Production } from '../core/stateFaults.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Dataset, Samples } from './dataset.ts';
import { productionSamples } from './production.ts';

/** In the type that the dataset stores its inputs in: an engine holds both sets alike. */
function stored(samples: Samples, dataset: Dataset): Samples {
  if (dataset.validation.inputs instanceof Float32Array) return samples;
  const inputs = Uint8Array.from(samples.inputs, (value) => Math.round(value * 255));
  return { ...samples, inputs };
}

/** With a validation set of as many examples that is drawn from what users send; without `production` the dataset as it is. */
export function datasetUnder(
  dataset: Dataset,
  { seed }: Pick<Recipe, 'seed'>,
  production: Production | undefined,
): Dataset {
  if (!production) return dataset;
  const { count } = dataset.validation;
  return { ...dataset, validation: stored(productionSamples(dataset, seed, production, 0, count), dataset) };
}
