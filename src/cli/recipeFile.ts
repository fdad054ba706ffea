// Recipes from files: parsed like every other, and held against the names that only the detectors and signals know.
import { thereAre } from '../core/nearest.ts';
import { RecipeError, type Recipe, type RecipeProblem } from '../core/recipe.ts';
import { parseRecipe } from '../data/index.ts';
import { thresholdNames } from '../detectors/index.ts';
import { messageOf } from '../worker/messageOf.ts';
import { unknownSignals } from '../signals/unknownSignals.ts';

function thresholdProblems({ thresholds }: Recipe): readonly RecipeProblem[] {
  return Object.entries(thresholds)
    .filter(([name]) => !thresholdNames.includes(name))
    .map(([name, value]) => ({
      field: `thresholds.${name}`,
      value,
      reason: thereAre(thresholdNames, name),
    }));
}

/** Parses anything into a recipe of which every name means something. @throws RecipeError that names every offending field */
export function checkedRecipe(value: unknown): Recipe {
  // The schema takes an empty list for a recipe without fields.
  if (Array.isArray(value))
    throw new RecipeError([{ field: 'recipe', value, reason: 'must be a list of fields with values' }]);
  const recipe = parseRecipe(value);
  const problems = [...thresholdProblems(recipe), ...unknownSignals(recipe)];
  if (problems.length > 0) throw new RecipeError(problems);
  return recipe;
}

/** A recipe file's content. @throws RecipeError, or Error where it is no JSON */
export function readRecipe(text: string, path: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON (${messageOf(error)})`, { cause: error });
  }
  return checkedRecipe(value);
}
