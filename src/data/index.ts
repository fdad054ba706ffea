// Every dataset that a recipe can name.
import { RecipeError, parseRecipe as parse, type Recipe } from '../core/recipe.ts';
import { blobs } from './blobs.ts';
import { circle } from './circle.ts';
import type { Dataset, DatasetPart, LoadContext } from './dataset.ts';
import { mnist } from './mnist.ts';
import { moons } from './moons.ts';
import { penguins } from './penguins.ts';
import { spiral } from './spiral.ts';
import { xor } from './xor.ts';

export const datasets = [
  blobs,
  circle,
  mnist,
  moons,
  penguins,
  spiral,
  xor,
] as const satisfies readonly DatasetPart[];
export const datasetIds: readonly string[] = datasets.map(({ id }) => id);

/** The dataset with this id; a parsed recipe always names one. */
export function datasetPart(id: string): DatasetPart {
  const found = datasets.find((part) => part.id === id);
  if (!found)
    throw new RecipeError([{ field: 'data', value: id, reason: `there are ${datasetIds.join(', ')}` }]);
  return found;
}

/** Loads the data of a recipe. @throws Error where a file does not load or is not what it should be */
export function loadDataset(recipe: Recipe, context: LoadContext): Promise<Dataset> {
  return datasetPart(recipe.data).load(recipe, context);
}

/** Parses anything into a recipe whose dataset exists and can have that many classes. @throws RecipeError */
export function parseRecipe(value: unknown): Recipe {
  const recipe = parse(value, datasetIds);
  const { classes } = datasetPart(recipe.data);
  if (recipe.classes < classes.low || recipe.classes > classes.high) {
    const range = classes.low === classes.high ? String(classes.low) : `${classes.low} to ${classes.high}`;
    throw new RecipeError([
      { field: 'classes', value: recipe.classes, reason: `${recipe.data} has ${range}` },
    ]);
  }
  return recipe;
}
