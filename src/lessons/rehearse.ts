// A lesson rehearsed without a page: its run, those that it opens in place of it, and those of its races, as its expectations ask for them.
import type { Rows } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Finding } from '../detectors/detector.ts';
import { laneRecipe, leavesAt } from './lanes.ts';
import type { LessonBody, Rehearsed, RunFacts } from './lesson.ts';
import { plannedBeats, stretchFrom, type PlannedBeat } from './plan.ts';
import { rowFacts } from './rowFacts.ts';

interface Trained {
  readonly rows: Rows;
  readonly findings: readonly (Finding & { readonly healthyCheckpoint: number })[];
}

/** Trains a recipe from step 0 up to a step. */
export type Train = (recipe: Recipe, until: number) => Promise<Trained>;

interface Part {
  readonly key: string;
  readonly recipe: Recipe;
  readonly until: number;
}

const laneKey = (beat: string, remedy: string): string => `${beat} ${remedy}`;

function lanesOf({ beat, recipe, begins }: PlannedBeat, healthy: number | undefined): readonly Part[] {
  const { race } = beat;
  if (!race) return [];
  const at = leavesAt(race, recipe, { here: begins, healthy });
  return race.remedies.map((remedy) => ({
    key: laneKey(beat.id, remedy),
    recipe: laneRecipe(race, recipe, at, remedy),
    until: at + race.steps,
  }));
}

function openedBy(planned: readonly PlannedBeat[]): readonly Part[] {
  return planned.flatMap(({ beat }) => {
    if (!beat.press || !('recipe' in beat.press)) return [];
    const stretch = stretchFrom(planned, beat.id);
    const { recipe } = stretch.at(-1) ?? {};
    if (!recipe) return [];
    return [{ key: beat.id, recipe, until: Math.max(...stretch.map(({ ends }) => ends)) }];
  });
}

/**
 * The lesson's run first; what stands beside it is trained only where that meets its own expectations, for most seeds do not.
 * @param seed of every run
 * @returns what is not as its words say
 */
export async function rehearse(lesson: LessonBody, seed: number, train: Train): Promise<readonly string[]> {
  const planned = plannedBeats(lesson, { ...lesson.recipe, seed });
  const recipe = stretchFrom(planned).at(-1)?.recipe ?? lesson.recipe;
  const { rows, findings } = await train(recipe, lesson.steps);
  const own = rowFacts(rows, findings, recipe);
  const alert = findings.findLast(
    ({ detector, severity }) => detector === lesson.detector && severity === 'firing',
  );
  const parts = [...planned.flatMap((beat) => lanesOf(beat, alert?.healthyCheckpoint)), ...openedBy(planned)];
  const known = new Map<string, RunFacts>();
  const unmet = () => {
    const facts: Rehearsed = {
      ...own,
      lane: (beat, remedy) => known.get(laneKey(beat, remedy)) ?? unknown,
      opened: (beat) => known.get(beat) ?? unknown,
    };
    return lesson.expect.filter(({ holds }) => !holds(facts)).map(({ words }) => words);
  };
  const early = lesson.expect.filter(({ besides }) => !besides).map(({ words }) => words);
  const missed = unmet().filter((words) => early.includes(words));
  if (missed.length > 0) return missed;
  for (const part of parts) {
    const trained = await train(part.recipe, part.until);
    known.set(part.key, rowFacts(trained.rows, trained.findings, part.recipe));
  }
  return unmet();
}

/** Of a run that has not been trained. */
const unknown: RunFacts = {
  step: -1,
  begin: 0,
  layers: 0,
  value: () => undefined,
  fired: () => undefined,
  finding: () => undefined,
  warned: () => undefined,
  wouldFire: () => undefined,
  unemitted: () => [],
};
