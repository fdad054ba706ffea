// An old link keeps working: what the page wrote once means the same run for ever.
import { describe, expect, test } from 'vitest';
import { readConditions, readLesson } from '../../src/app/state/address.ts';
import { describeProblem, recipeVersion, type Recipe } from '../../src/core/recipe.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { scenarioOf, scenarios } from '../../src/scenarios/index.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { oldLinks } from './oldLinks.ts';
import version1 from './version1.json' with { type: 'json' };

/**
 * What the name of a scenario means in a link of version 1, written down: a link holds the name alone, so a scenario that changes would change
 * what was sent long ago. Scenarios are added; one that must change needs a new version of the recipe, and the old recipe for links of this one.
 */
const meantByName = (id: string): Recipe => {
  const own = Object.entries(version1.scenarios).find(([name]) => name === id)?.[1];
  if (!own) throw new Error(`${id}: not in version1.json; add what its link means, once it has been written`);
  return parseRecipe({ ...version1.defaults, ...own });
};

function digest({ at, by, rewindTo, change }: Intervention): string {
  return `${at} ${by} ${rewindTo === undefined ? '' : `→ ${rewindTo} `}${JSON.stringify(change)}`;
}

describe('an old link', () => {
  test.each(scenarios)('to $id by its name alone means what it meant', ({ id }) => {
    const { recipe, problems } = readLink(`?v=1&scenario=${id}`);
    expect(problems).toEqual([]);
    expect(recipe).toEqual(meantByName(id));
  });

  test('that leaves a field out means the default that it had', () => {
    expect(parseRecipe({})).toEqual(version1.defaults);
  });

  test.each(oldLinks)('of $from', ({ link, scenario: id, means, timeline }) => {
    const { recipe, scenario, problems, ignored } = readLink(link);
    expect([...problems, ...ignored].map(describeProblem)).toEqual([]);
    expect(scenario.id).toBe(id);
    const own = meantByName(id);
    expect({ ...recipe, timeline: [] }).toEqual({ ...own, ...means, timeline: [] });
    const kept = link.includes('do=') ? timeline : own.timeline.map(digest);
    expect(recipe.timeline.map(digest)).toEqual(kept);
  });

  test.each([
    ['?lesson=over-instrumentation', 'over-instrumentation', false],
    ['?lesson=observability-gap', 'observability-gap', false],
    ['?lesson=observability-gap&answers=off', 'observability-gap', true],
  ])('to a lesson, %s', (link, id, keepsBack) => {
    const taught = readLesson(link);
    expect(taught).toMatchObject({ entry: { id }, keepsBack, problems: [], ignored: [] });
  });

  test('with an engine and a pace keeps them', () => {
    expect(readConditions('?engine=tfjs.webgpu&pace=max')).toEqual({ engine: 'tfjs.webgpu', pace: 'max' });
    expect(readConditions('?engine=compiled.plain&pace=600')).toEqual({
      engine: 'compiled.plain',
      pace: 600,
    });
  });

  test('there is one for every version of the recipe', () => {
    const versions = oldLinks.map(({ link }) => Number(/[?&]?v=(\d+)/.exec(link)?.[1] ?? 1));
    const all = Array.from({ length: recipeVersion }, (_, version) => version + 1);
    expect([...new Set(versions)].sort()).toEqual(all);
  });
});

test('a link of a version to come says which version this page reads, and opens the scenario', () => {
  const { recipe, problems } = readLink(`?v=${recipeVersion + 1}&scenario=xor&seed=9`);
  expect(recipe).toBe(scenarioOf('xor')!.recipe);
  expect(problems.map(describeProblem)).toEqual([
    `Recipe field “version” is ${recipeVersion + 1}: it is of a newer version of this page, which reads up to ${recipeVersion}; reload the page, or ask for it anew.`,
  ]);
});
