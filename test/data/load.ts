// Datasets for tests: every part under a recipe that it can have, digits from the prepared file.
import { readFileSync } from 'node:fs';
import type { Recipe } from '../../src/core/recipe.ts';
import type { Dataset, DatasetPart, FileLoader, LoadContext } from '../../src/data/dataset.ts';
import { loadDataset, parseRecipe } from '../../src/data/index.ts';

export function contextOf(file: FileLoader): LoadContext {
  return { file, progress: () => undefined };
}

export const prepared = contextOf((path) => Promise.resolve(new Uint8Array(readFileSync(`public/${path}`))));

/** A recipe of this dataset, with as few classes as it can have unless told. */
export function recipeOf(part: DatasetPart, fields: object = {}): Recipe {
  return parseRecipe({ data: part.id, classes: part.classes.low, ...fields });
}

export function loadPart(part: DatasetPart, fields: object = {}): Promise<Dataset> {
  return loadDataset(recipeOf(part, fields), prepared);
}
