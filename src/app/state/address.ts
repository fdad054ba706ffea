// The page's address: the recipe as a readable link, and how fast and on what it runs.
import { engineChoices, type EngineChoice, type Pace } from '../../worker/protocol.ts';
import type { Recipe } from '../../core/recipe.ts';
import { writeLink } from '../../scenarios/link.ts';

export const paces = [6, 60, 600, 'max'] as const satisfies readonly Pace[];
const defaultPace: Pace = 60;

/** Parts of an address that are not of the recipe. */
export interface Conditions {
  readonly engine: EngineChoice;
  readonly pace: Pace;
}

export function readConditions(search: string): Conditions {
  const parameters = new URLSearchParams(search);
  const engine = engineChoices.find((choice) => choice === parameters.get('engine'));
  const pace = paces.find((choice) => String(choice) === parameters.get('pace'));
  return { engine: engine ?? 'auto', pace: pace ?? defaultPace };
}

/** The query string of a recipe, with what is not as usual about its conditions. */
export function writeAddress(recipe: Recipe, { engine, pace }: Conditions): string {
  const parts = [
    writeLink(recipe),
    engine === 'auto' ? '' : `engine=${engine}`,
    pace === defaultPace ? '' : `pace=${pace}`,
  ];
  return `?${parts.filter((part) => part !== '').join('&')}`;
}
