// Every scenario: a story, a recipe that parses into itself, and detectors that there are.
import { describe, expect, test } from 'vitest';
import { datasets, parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
import { defaultScenario, scenarioOf, scenarioOfDataset, scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';

const every: readonly Scenario[] = scenarios;

describe.each(every)('$id', (scenario) => {
  test('has a recipe that parses into itself', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(scenario.recipe)))).toEqual(scenario.recipe);
  });

  test('has a title, a group and a story in a sentence', () => {
    expect(scenario.title).not.toBe('');
    expect(scenario.group).not.toBe('');
    expect(scenario.story).toMatch(/^[A-Z].+\.$/);
  });

  test('expects detectors that there are', () => {
    const ids: readonly string[] = detectors.map(({ id }) => id);
    for (const id of scenario.expected) expect(ids).toContain(id);
  });

  test('expects something only where its timeline breaks something', () => {
    // Where what it breaks no signal can show, nothing fires: XOR turned by 90°.
    if (scenario.expected.length > 0) expect(scenario.recipe.timeline.length).toBeGreaterThan(0);
  });

  test('is found by its id', () => {
    expect(scenarioOf(scenario.id)).toBe(scenario);
  });
});

test('ids and titles are unique', () => {
  expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
  expect(new Set(every.map(({ title }) => title)).size).toBe(every.length);
});

test('the default is the ring, whose recipe is the default recipe', () => {
  expect(defaultScenario.recipe).toEqual(parseRecipe({}));
  expect(every).toContain(defaultScenario);
});

test.each(datasets)('the dataset $id has a scenario: a link may name it alone', ({ id }) => {
  expect(scenarioOfDataset(id)?.recipe.data).toBe(id);
});

test('what is no scenario is none', () => {
  for (const id of ['', '__proto__', 'Ring']) expect(scenarioOf(id)).toBeUndefined();
  expect(scenarioOfDataset('irises')).toBeUndefined();
});
