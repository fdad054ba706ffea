// What is to be reproduced: the story, the recipe and how far, worked out from the command line before anything runs.
import { thereAre } from '../../core/nearest.ts';
import { readFileSync } from 'node:fs';
import type { Recipe } from '../../core/recipe.ts';
import { usualSteps } from '../../figures/usualSteps.ts';
import { scenarioOf, scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { messageOf } from '../../worker/messageOf.ts';
import { checkedRecipe, readRecipe } from '../recipeFile.ts';
import type { CommandLine } from './options.ts';

export interface Order {
  /** Whose story is told; absent where only a recipe was given. */
  readonly scenario: Scenario | undefined;
  readonly recipe: Recipe;
  /** The recipe is the scenario's own, apart from the seed. */
  readonly isScenarios: boolean;
  readonly steps: number;
  /** The number of steps was asked for. */
  readonly isTimed: boolean;
}

function scenarioNamed(id: string | undefined): Scenario | undefined {
  if (id === undefined) return undefined;
  const found = scenarioOf(id);
  if (found) return found;
  const ids = scenarios.map((scenario) => scenario.id);
  throw new Error(`scenario “${id}”: ${thereAre(ids, id)}`);
}

function fileText(path: string, from: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`--recipe ${from}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * @param locate a path of the command line as an absolute one
 * @throws RecipeError or Error that names what is wrong
 */
export function readOrder(commandLine: CommandLine, locate: (path: string) => string): Order {
  const scenario = scenarioNamed(commandLine.scenario);
  const { recipe: file, seed, steps } = commandLine;
  const given = file === undefined ? undefined : readRecipe(fileText(locate(file), file), `--recipe ${file}`);
  const base = given ?? scenario?.recipe;
  if (!base) throw new Error('no scenario: name one, or a recipe with --recipe FILE');
  const recipe = checkedRecipe(seed === undefined ? base : { ...base, seed });
  return {
    scenario,
    recipe,
    isScenarios: given === undefined,
    steps: steps ?? (given ? undefined : scenario?.steps) ?? usualSteps(recipe),
    isTimed: steps !== undefined,
  };
}
