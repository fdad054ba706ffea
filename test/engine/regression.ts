// A run that learns a number: as any other, but for its labels.
import type { CompileRequest } from '../../src/engine/engine.ts';
import { recipeOf, requestOf } from './support.ts';

/** Points of the circle, each with its angle as the number to learn; batches swapped and labels redrawn as in the sample. */
export async function regressionRequest(
  words: Readonly<Record<string, unknown>> = {},
): Promise<CompileRequest> {
  const timeline = [
    { at: 20, by: 'edit', change: { kind: 'corrupt-batch', inputs: 1, swapped: true, steps: 1 } },
    { at: 30, by: 'edit', change: { kind: 'set', settings: { keep: 60, mislabelled: 10 } } },
  ];
  const recipe = recipeOf({ loss: 'squared-error', activation: 'tanh', hidden: [5], timeline, ...words });
  const request = await requestOf(recipe);
  const angles = <T extends { readonly count: number; readonly inputs: ArrayLike<number> }>(set: T) => ({
    ...set,
    labels: Uint8Array.from({ length: set.count }, (_, k) => {
      const angle = Math.atan2(set.inputs[2 * k + 1] ?? 0, set.inputs[2 * k] ?? 0);
      return Math.round((255 * (angle + Math.PI)) / (2 * Math.PI));
    }),
  });
  const { train, validation, production } = request.dataset;
  const target = { name: 'angle', low: -Math.PI, high: Math.PI };
  const sets = { train: angles(train), validation: angles(validation), production: angles(production) };
  return { ...request, dataset: { ...request.dataset, ...sets, target } };
}
