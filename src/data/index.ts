// Every dataset that a recipe can name: those that come with the page, and a table of one's own.
import { parseRecipe as parse } from '../core/parseRecipe.ts';
import { RecipeError, type Recipe } from '../core/recipe.ts';
import { blobs } from './blobs.ts';
import { circle } from './circle.ts';
import { learnsNumbers } from './csv/regression.ts';
import type { Dataset, DatasetPart, LoadContext } from './dataset.ts';
import { mnist } from './mnist.ts';
import { moons } from './moons.ts';
import { own, ownInputs } from './own.ts';
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
const all: readonly DatasetPart[] = [...datasets, own];
export const datasetIds: readonly string[] = all.map(({ id }) => id);

/** The dataset with this id; a parsed recipe always names one. */
export function datasetPart(id: string): DatasetPart {
  const found = all.find((part) => part.id === id);
  if (!found)
    throw new RecipeError([{ field: 'data', value: id, reason: `there are ${datasetIds.join(', ')}` }]);
  return found;
}

/** Numbers of each example that is no image. */
export function inputsOf(recipe: Pick<Recipe, 'data' | 'own'>): number {
  return recipe.data === own.id ? ownInputs(recipe) : datasetPart(recipe.data).columns.length || 2;
}

/** Loads the data of a recipe. @throws Error where a file does not load or is not what it should be */
export function loadDataset(recipe: Recipe, context: LoadContext): Promise<Dataset> {
  return datasetPart(recipe.data).load(recipe, context);
}

/** Parses anything into a recipe whose dataset exists, can have that many classes and has that many examples. @throws RecipeError */
export function parseRecipe(value: unknown): Recipe {
  const parsed = parse(value, datasetIds);
  // A table that is not trained on is not named either.
  const recipe = parsed.data === own.id || parsed.own === 'none' ? parsed : { ...parsed, own: 'none' };
  if (recipe.data === own.id && recipe.own === 'none') {
    const reason = 'it must say which table: choose one under “Own data”';
    throw new RecipeError([{ field: 'own', value: recipe.own, reason }]);
  }
  if (learnsNumbers(recipe) && recipe.loss !== 'squared-error') {
    const reason = 'the target of this table is a number: the loss must be squared-error';
    throw new RecipeError([{ field: 'loss', value: recipe.loss, reason }]);
  }
  const { classes, examples } = datasetPart(recipe.data);
  if (recipe.classes < classes.low || recipe.classes > classes.high) {
    const range = classes.low === classes.high ? String(classes.low) : `${classes.low} to ${classes.high}`;
    throw new RecipeError([
      { field: 'classes', value: recipe.classes, reason: `${recipe.data} has ${range}` },
    ]);
  }
  const wanted = recipe.train + recipe.validation;
  if (wanted > examples(recipe)) {
    const reason = `train + validation is ${wanted}, and ${recipe.data} has ${examples(recipe)} examples; choose a smaller split`;
    throw new RecipeError([{ field: 'train', value: recipe.train, reason }]);
  }
  return recipe;
}
