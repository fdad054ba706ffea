// A recipe with its timeline as a link.
import type { Change } from '../core/change.ts';
import { recipeVersion, type Recipe, type RecipeField } from '../core/recipe.ts';
import type { Intervention } from '../core/timeline.ts';
import { defaultScenario, scenarios } from './index.ts';
import { spellChange } from './linkChange.ts';
import { plainFields, thresholdKey, timelineKey, versionKey } from './linkKeys.ts';
import type { Scenario } from './scenario.ts';

function writeValue(value: unknown, separator: string): string {
  return Array.isArray(value) ? value.join(separator) : String(value);
}

function writeChange(change: Change): readonly string[] {
  if (change.kind !== 'set') return [spellChange(change)];
  return Object.entries(change.settings).map(([field, value]) => `${field}=${writeValue(value, '.')}`);
}

/** One entry as a link writes it: `402,raise-rate,scale-rate=10`. */
export function writeEntry(entry: Intervention): string {
  const rewind = entry.rewindTo === undefined ? [] : [`rewind=${entry.rewindTo}`];
  return [String(entry.at), entry.by, ...rewind, ...writeChange(entry.change)].join(',');
}

/** Commas, colons and equals signs are legal in a query and far easier to read unescaped. */
function pair(key: string, value: string): string {
  return `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3D', '=')}`;
}

function changedFields(recipe: Recipe, scenario: Scenario): readonly RecipeField[] {
  return plainFields.filter((field) => String(recipe[field]) !== String(scenario.recipe[field]));
}

/** Entries that a link from this scenario writes: all or none, for those that it writes replace the scenario's. */
function writtenEntries({ timeline }: Recipe, scenario: Scenario): readonly Intervention[] {
  return JSON.stringify(timeline) === JSON.stringify(scenario.recipe.timeline) ? [] : timeline;
}

/** A link leaves entries and thresholds of its scenario out only where the recipe has them too. */
function departsFrom(recipe: Recipe, { recipe: { timeline, thresholds } }: Scenario): boolean {
  const start = recipe.timeline.slice(0, timeline.length);
  return (
    JSON.stringify(start) === JSON.stringify(timeline) &&
    Object.entries(thresholds).every(([name]) => recipe.thresholds[name] !== undefined)
  );
}

/** Of the scenarios that a recipe can depart from, the first whose link is shortest. */
function nearestScenario(recipe: Recipe): Scenario {
  const measured = (scenario: Scenario) => ({
    scenario,
    parts: changedFields(recipe, scenario).length + writtenEntries(recipe, scenario).length,
  });
  return scenarios
    .filter((scenario) => departsFrom(recipe, scenario))
    .map(measured)
    .reduce((nearest, other) => (other.parts < nearest.parts ? other : nearest), measured(defaultScenario))
    .scenario;
}

/** The shortest readable query string (without `?`) that `readLink` turns into this recipe again. */
export function writeLink(recipe: Recipe): string {
  const scenario = nearestScenario(recipe);
  const overrides = Object.entries(recipe.thresholds);
  return [
    pair(versionKey, String(recipeVersion)),
    pair('scenario', scenario.id),
    ...changedFields(recipe, scenario).map((field) =>
      pair(field, writeValue(recipe[field], field === 'hidden' ? ',' : '.')),
    ),
    ...overrides.map(([name, value]) => pair(thresholdKey, `${name}:${value}`)),
    ...writtenEntries(recipe, scenario).map((entry) => pair(timelineKey, writeEntry(entry))),
  ].join('&');
}
