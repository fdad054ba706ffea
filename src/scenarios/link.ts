// Links: a whole recipe with its timeline as a readable query string, and back.
import {
  RecipeError,
  recipeFields,
  recipeVersion,
  type Recipe,
  type RecipeField,
  type RecipeProblem,
} from '../core/recipe.ts';
import { settingFields, type SettingField } from '../core/settings.ts';
import type { Change } from '../core/change.ts';
import { nearestName, thereAre } from '../core/nearest.ts';
import { printable } from '../core/printable.ts';
import type { Intervention } from '../core/timeline.ts';
import { parseRecipe } from '../data/index.ts';
import { thresholdNames } from '../detectors/index.ts';
import { unknownSignals } from '../signals/unknownSignals.ts';
import { changeKinds, readChange, spellChange } from './linkChange.ts';
import { defaultScenario, scenarioOf, scenarioOfDataset, scenarios } from './index.ts';
import type { Scenario } from './scenario.ts';

// Fields with a spelling of their own; every other field of a recipe is written as `field=value`.
const versionKey = 'v';
const timelineKey = 'do';
const thresholdKey = 'threshold';
const plainFields = recipeFields.filter(
  (field) => field !== 'version' && field !== 'timeline' && field !== 'thresholds',
);

/** A recipe from a link, the scenario it departs from, and what was wrong with it: a wrong field gives the scenario's own recipe. */
export interface ReadLink {
  readonly recipe: Recipe;
  readonly scenario: Scenario;
  readonly problems: readonly RecipeProblem[];
  /** Keys that mean nothing here, or stand there twice; the rest of the link still counts. */
  readonly ignored: readonly RecipeProblem[];
}

function numberOr(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function readScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return numberOr(text);
}

/** Widths stand between commas; names of signals between points, for commas part the words of an entry. */
function readValue(field: RecipeField, text: string): unknown {
  if (field === 'hidden') return text === '' ? [] : text.split(',').map(numberOr);
  if (field === 'unemitted') return text === '' ? [] : text.split('.');
  return readScalar(text);
}

function writeValue(value: unknown, separator: string): string {
  return Array.isArray(value) ? value.join(separator) : String(value);
}

function isSetting(key: string): key is SettingField {
  return settingFields.some((field) => field === key);
}

/** What one word of an entry adds to it; an unknown word stays as it is, for the schema to name. */
function readWord(word: string): { readonly field: string; readonly value: unknown } {
  const cut = word.indexOf('=');
  const [key, value] = cut < 0 ? [word, ''] : [word.slice(0, cut), word.slice(cut + 1)];
  if (key === 'rewind') return { field: 'rewindTo', value: numberOr(value) };
  const change = readChange(key, value);
  if (change) return { field: 'change', value: change };
  return { field: key, value: isSetting(key) ? readValue(key, value) : value };
}

function problem(field: string, value: unknown, reason: string): RecipeError {
  return new RecipeError([{ field, value, reason }]);
}

/** `402,raise-rate,scale-rate=10` · `433,clip,rewind=384,clipNorm=1` · `400,kill-relus,push-biases=1:14:-0.1:70`. */
function readEntry(text: string, index: number): unknown {
  const [at = '', by = '', ...words] = text.split(',');
  const read = words.map(readWord);
  const fields = read.map(({ field }) => field);
  const twice = fields.find((field, place) => ['at', 'by', ...fields.slice(0, place)].includes(field));
  if (twice !== undefined) throw problem(`timeline.${index}.${twice}`, text, 'it stands twice in its entry');
  const settings = read.filter(({ field }) => isSetting(field));
  if (settings.length > 0 && fields.includes('change')) {
    throw problem(
      `timeline.${index}`,
      text,
      `an entry makes one change: ${changeKinds.join(', ')} or settings`,
    );
  }
  const named = (part: typeof read) => Object.fromEntries(part.map(({ field, value }) => [field, value]));
  return {
    change: { kind: 'set', settings: named(settings) },
    ...named(read.filter(({ field }) => !isSetting(field))),
    at: numberOr(at),
    by,
  };
}

function readThreshold(text: string): readonly [name: string, value: string] {
  const cut = text.indexOf(':');
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}

function readThresholds(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    parameters.getAll(thresholdKey).map((text) => {
      const [name, value] = readThreshold(text);
      if (!thresholdNames.includes(name)) throw problem('threshold', name, thereAre(thresholdNames, name));
      return [name, numberOr(value)];
    }),
  );
}

function readRecipe(parameters: URLSearchParams, scenario: Scenario): Recipe {
  const { timeline, thresholds, ...base } = scenario.recipe;
  const given = plainFields.flatMap((field) => {
    const text = parameters.get(field);
    return text === null ? [] : [[field, readValue(field, text)] as const];
  });
  const recipe = parseRecipe({
    ...base,
    ...Object.fromEntries(given),
    version: readScalar(parameters.get(versionKey) ?? String(recipeVersion)),
    thresholds: { ...thresholds, ...readThresholds(parameters) },
    timeline: parameters.has(timelineKey) ? parameters.getAll(timelineKey).map(readEntry) : timeline,
  });
  const unknown = unknownSignals(recipe);
  if (unknown.length > 0) throw new RecipeError(unknown);
  return recipe;
}

function chooseScenario(parameters: URLSearchParams): {
  scenario: Scenario;
  problems: readonly RecipeProblem[];
} {
  const named = parameters.get('scenario');
  const known = named === null ? undefined : scenarioOf(named);
  if (named !== null && !known) {
    const reason = thereAre(
      scenarios.map(({ id }) => id),
      named,
    );
    return { scenario: defaultScenario, problems: [{ field: 'scenario', value: named, reason }] };
  }
  const byDataset = scenarioOfDataset(parameters.get('data') ?? '');
  return { scenario: known ?? byDataset ?? defaultScenario, problems: [] };
}

/** Keys of an address that are not of a recipe: how it is shown, and on what it runs. */
const viewKeys = ['scenario', 'lesson', 'answers', 'call', 'engine', 'pace', 'embed', 'present', 'hide'];
const knownKeys: readonly string[] = [versionKey, timelineKey, thresholdKey, ...viewKeys, ...plainFields];

/** A misspelt field would otherwise change nothing and say nothing. */
function unknownKeys(parameters: URLSearchParams): readonly RecipeProblem[] {
  return [...new Set(parameters.keys())]
    .filter((key) => key !== '' && !knownKeys.includes(key))
    .map((key) => ({
      field: key,
      value: parameters.get(key),
      reason: `it was left out: ${thereAre(knownKeys, key)}`,
    }));
}

/** How the scenarios write an entry of this name, or of one that is nearly this. */
function exampleOf({ by, at }: Intervention): string {
  const entries = scenarios.flatMap(({ recipe }) => recipe.timeline);
  const named = (name: string | undefined) => entries.find((entry) => entry.by === name);
  const names = entries.map((entry) => entry.by);
  const entry = named(by) ?? named(nearestName(names, by));
  return entry ? writeEntry({ ...entry, at }) : `${at},${by},learningRate=0.1`;
}

/** A name alone is no change, and neither is a misspelt one: it would do nothing and say nothing. */
function emptyEntries({ timeline }: Recipe): readonly RecipeProblem[] {
  return timeline
    .filter(({ change, rewindTo }) => {
      const isSet = change.kind === 'set' && Object.keys(change.settings).length === 0;
      return isSet && rewindTo === undefined;
    })
    .map((entry) => {
      const reason = `it changes nothing: behind the name goes what it changes, as in ${exampleOf(entry)}`;
      return { field: timelineKey, value: writeEntry(entry), reason };
    });
}

/** Of these a link may have several. */
const severalKeys: readonly string[] = [timelineKey, thresholdKey, 'hide'];

/** Of a key that stands there twice only one counts: the other would change nothing and say nothing. */
function repeatedKeys(parameters: URLSearchParams): readonly RecipeProblem[] {
  return knownKeys
    .filter((key) => !severalKeys.includes(key))
    .flatMap((field) => {
      const [first = '', ...others] = parameters.getAll(field);
      const reason = `it was left out: “${field}” stands there ${others.length + 1} times, and the first counts, ${printable(first)}`;
      return others.length === 0 ? [] : [{ field, value: others.at(-1), reason }];
    });
}

/** Of one name the last counts; the first is told, where it says something else. */
function repeatedThresholds(parameters: URLSearchParams): readonly RecipeProblem[] {
  const all = parameters.getAll(thresholdKey).map((text) => [readThreshold(text)[0], text] as const);
  const last = new Map(all);
  return [...new Map(all.toReversed())].flatMap(([name, value]) => {
    const counts = last.get(name) ?? value;
    const reason = `it was left out: the last of its name counts, ${printable(counts)}`;
    return counts === value ? [] : [{ field: thresholdKey, value, reason }];
  });
}

/** Reads a query string. Never throws: a damaged link gives its scenario's own recipe, and says which fields were wrong. */
export function readLink(search: string): ReadLink {
  const parameters = new URLSearchParams(search);
  const { scenario, problems } = chooseScenario(parameters);
  const ignored = [unknownKeys, repeatedKeys, repeatedThresholds].flatMap((leftOut) => leftOut(parameters));
  try {
    if (problems.length > 0) return { recipe: scenario.recipe, scenario, problems, ignored };
    const recipe = readRecipe(parameters, scenario);
    return { recipe, scenario, problems, ignored: [...ignored, ...emptyEntries(recipe)] };
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    return { recipe: scenario.recipe, scenario, problems: error.problems, ignored };
  }
}

function writeChange(change: Change): readonly string[] {
  if (change.kind !== 'set') return [spellChange(change)];
  return Object.entries(change.settings).map(([field, value]) => `${field}=${writeValue(value, '.')}`);
}

function writeEntry(entry: Intervention): string {
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
