// The scenario matrix: every scenario on several seeds, and which detectors fired on it.
import type { Recipe } from '../../core/recipe.ts';
import { parseRecipe } from '../../data/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Job } from './job.ts';
import { digitSteps } from './nets.ts';
import type { Seeds } from './options.ts';

const steps = 2000;

/** Of runs from a file: digits are trained for 300 steps, everything else for 2,000. */
export function stepsOf({ data }: Recipe): number {
  return data === 'mnist' ? digitSteps : steps;
}

export function scenarioJobs(seedCount: number, { from, to }: Seeds): Job[] {
  const all: readonly Scenario[] = scenarios;
  return all.flatMap(({ id, recipe, steps: length }) =>
    Array.from({ length: seedCount }, (_, number) => {
      const seeded = parseRecipe({ ...recipe, seed: from + (number % (to - from + 1)) });
      return {
        kind: 'scenario',
        scenario: id,
        trial: { label: id, recipe: seeded, steps: length, at: 0 },
      } as const;
    }),
  );
}
