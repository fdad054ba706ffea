// The run of a day: a healthy network, and on about three days in four something that is wrong with it.
import type { Recipe } from '../../core/recipe.ts';
import { parseRecipe } from '../../data/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { drawOf } from './draw.ts';
import { dayNumber } from './day.ts';
import { nothingWrong, wrongs, type Spoilt, type Wrong } from './wrongs.ts';

/** Twenty seconds at the usual 60 steps per second. */
export const callSteps = 1200;
/** What strikes, strikes when the network has learned, and early enough to be seen. */
const [earliest, latest] = [300, 900] as const;

export interface Call {
  readonly day: string;
  readonly recipe: Recipe;
  /** What is to be named. */
  readonly answer: string;
  /** Step from which on it is wrong; undefined = nothing is. */
  readonly at: number | undefined;
  /** What happened, as a clause: “the learning rate was multiplied by 12”. */
  readonly told: string;
}

/** Digits would take longer than twenty seconds on a small machine. */
const networks = (scenarios as readonly Scenario[]).filter(
  ({ recipe }) => recipe.timeline.length === 0 && recipe.data !== 'mnist',
);

function spoil(recipe: Recipe, spoilt: Spoilt, at: number): Recipe {
  const { by, change, recipe: needed } = spoilt;
  return parseRecipe({ ...recipe, ...needed, timeline: [{ at, by, change }] });
}

/** @param day as `dayNumber` reads it; what it cannot read is the first of all days */
export function callOf(day: string): Call {
  const draw = drawOf(dayNumber(day) ?? 0);
  const seed = draw.between(1, 9999, 1);
  const [first, ...others] = networks.map(({ recipe }): Recipe => ({ ...recipe, seed }));
  if (!first) throw new Error('Call it: there is no healthy scenario to draw a run from');
  const recipe = draw.oneOf([first, ...others]);
  const isWrong = draw.between(1, 4, 1) > 1;
  const [one, ...rest] = (wrongs as readonly Wrong[]).filter(({ fits }) => fits?.(recipe) ?? true);
  const wrong = isWrong && one ? draw.oneOf([one, ...rest]) : undefined;
  if (!wrong) return { day, recipe, answer: nothingWrong, at: undefined, told: 'nothing was wrong' };
  const struck = draw.between(earliest, latest, 1);
  const spoilt = wrong.draw(draw, recipe);
  const at = spoilt.fromStart ? 0 : struck;
  return { day, recipe: spoil(recipe, spoilt, at), answer: wrong.id, at, told: spoilt.told };
}
