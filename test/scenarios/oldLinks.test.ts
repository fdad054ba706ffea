// An old link keeps working: what the page wrote once means the same run for ever.
import { describe, expect, test } from 'vitest';
import { readConditions, readLesson } from '../../src/app/state/address.ts';
import { describeProblem, recipeVersion } from '../../src/core/recipe.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { scenarioOf } from '../../src/scenarios/index.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { oldLinks } from './oldLinks.ts';

function digest({ at, by, rewindTo, change }: Intervention): string {
  return `${at} ${by} ${rewindTo === undefined ? '' : `→ ${rewindTo} `}${JSON.stringify(change)}`;
}

describe('an old link', () => {
  test.each(oldLinks)('of $from', ({ link, scenario: id, means, timeline }) => {
    const { recipe, scenario, problems, ignored } = readLink(link);
    expect([...problems, ...ignored].map(describeProblem)).toEqual([]);
    expect(scenario.id).toBe(id);
    const own = scenarioOf(id)!.recipe;
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
