// Every scenario: a story, a recipe that parses into itself, and detectors that there are.
import { describe, expect, test } from 'vitest';
import { settingsAt, settingsPeriods } from '../../src/core/timeline.ts';
import { datasets, parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
import { faultOf } from '../../src/faults/index.ts';
import { remediesFor, remedyOf } from '../../src/remedies/index.ts';
import { defaultScenario, scenarioOf, scenarioOfDataset, scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';

const every: readonly Scenario[] = scenarios;

describe.each(every)('$id', (scenario) => {
  test('has a recipe that parses into itself', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(scenario.recipe)))).toEqual(scenario.recipe);
  });

  test('has a title, a group, and a story, a cause and a signal in a sentence each', () => {
    expect(scenario.title).not.toBe('');
    expect(scenario.group).not.toBe('');
    for (const words of [scenario.story, scenario.cause]) expect(words).toMatch(/^[A-Z].+\.$/);
    // It may begin with a signal's name.
    expect(scenario.signal).toMatch(/^[A-Za-z].+\.$/);
  });

  test('expects and allows detectors that there are, each once', () => {
    const ids: readonly string[] = detectors.map(({ id }) => id);
    const named = [...scenario.expected, ...(scenario.may ?? [])];
    for (const id of named) expect(ids).toContain(id);
    expect(new Set(named).size).toBe(named.length);
  });

  test('has whatever is wrong on its timeline: without it nothing is', () => {
    const { keep, mislabelled, validationFrom, unemitted, telemetry, initialScale } = scenario.recipe;
    expect({ keep, mislabelled, validationFrom, unemitted, telemetry, initialScale }).toEqual({
      keep: 0,
      mislabelled: 0,
      validationFrom: 'split',
      unemitted: [],
      telemetry: 'core',
      initialScale: 1,
    });
  });

  test('has entries by a fault that could make them, or by an edit', () => {
    const { recipe } = scenario;
    for (const { by, change } of recipe.timeline) {
      const fault = faultOf(by);
      if (!fault) expect(by).toBe('edit');
      else expect(fault.change({ recipe, settings: recipe, presses: 0 }).kind).toBe(change.kind);
    }
  });

  test('is trained far enough to see all of it', () => {
    for (const { at, change } of scenario.recipe.timeline)
      expect(scenario.steps).toBeGreaterThan(at + ('steps' in change ? change.steps : 0) + 50);
  });

  test('names remedies that the card of an alert it expects offers, in their order', () => {
    const { recipe, expected } = scenario;
    const settings = settingsAt(settingsPeriods(recipe, 0), scenario.steps);
    const last = recipe.timeline.at(-1)?.at ?? 0;
    const evidence = [{ signal: 'loss', value: 1 }] as const;
    const offered = expected.map((detector) => {
      const finding = { detector, layer: 0, severity: 'firing', onset: last, at: last, evidence } as const;
      return remediesFor(detector, { recipe, settings, finding }).map(({ id }) => id);
    });
    const named: readonly string[] = scenario.remedies;
    for (const id of named) expect(remedyOf(id)?.id).toBe(id);
    if (expected.length === 0) return;
    expect(named[0]).toBe(offered[0]?.[0]);
    for (const id of named) expect(offered.flat()).toContain(id);
    const [card = []] = offered;
    const places = named.map((id) => card.indexOf(id)).filter((place) => place >= 0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
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

test('every detector has a scenario that expects it, and five causes are shown on digits', () => {
  const expected = every.flatMap((scenario) => scenario.expected);
  for (const { id } of detectors) expect(expected).toContain(id);
  const broken = every.filter(({ recipe }) => recipe.data === 'mnist' && recipe.timeline.length > 0);
  expect(broken.length).toBeGreaterThanOrEqual(5);
});

test('what a dataset alone means is a run with nothing wrong', () => {
  for (const { id } of datasets) expect(scenarioOfDataset(id)?.recipe.timeline).toEqual([]);
});

test.each(datasets)('the dataset $id has a scenario: a link may name it alone', ({ id }) => {
  expect(scenarioOfDataset(id)?.recipe.data).toBe(id);
});

test('what is no scenario is none', () => {
  for (const id of ['', '__proto__', 'Ring']) expect(scenarioOf(id)).toBeUndefined();
  expect(scenarioOfDataset('irises')).toBeUndefined();
});
