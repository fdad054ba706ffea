// Links: a readable query string as a whole recipe with its timeline.
import { thereAre } from '../core/nearest.ts';
import {
  RecipeError,
  recipeVersion,
  type Recipe,
  type RecipeField,
  type RecipeProblem,
} from '../core/recipe.ts';
import { settingFields, type SettingField } from '../core/settings.ts';
import { parseRecipe } from '../data/index.ts';
import { thresholdNames } from '../detectors/index.ts';
import { unknownSignals } from '../signals/unknownSignals.ts';
import { defaultScenario, scenarioOf, scenarioOfDataset, scenarios } from './index.ts';
import { changeKinds, readChange } from './linkChange.ts';
import { plainFields, thresholdKey, timelineKey, versionKey } from './linkKeys.ts';
import { emptyEntries, leftOut } from './linkLeftOut.ts';
import { readThreshold } from './linkThreshold.ts';
import type { Scenario } from './scenario.ts';

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

/** Reads a query string. Never throws: a damaged link gives its scenario's own recipe, and says which fields were wrong. */
export function readLink(search: string): ReadLink {
  const parameters = new URLSearchParams(search);
  const { scenario, problems } = chooseScenario(parameters);
  const ignored = leftOut(parameters);
  try {
    if (problems.length > 0) return { recipe: scenario.recipe, scenario, problems, ignored };
    const recipe = readRecipe(parameters, scenario);
    return { recipe, scenario, problems, ignored: [...ignored, ...emptyEntries(recipe)] };
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    return { recipe: scenario.recipe, scenario, problems: error.problems, ignored };
  }
}
