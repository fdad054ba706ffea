// Parses a recipe, at the edge: an address, a file, a form. Inside it is trusted.
import * as v from 'valibot';
import { nearestName, thereAre } from './nearest.ts';
import { real, whole } from './ranges.ts';
import { recipeDefaults, RecipeError, recipeFields, recipeVersion, type RecipeProblem } from './recipe.ts';
import { settingFields } from './settings.ts';
import { settingsEntries } from './settingsSchema.ts';
import type { Intervention } from './timeline.ts';
import { checkTimeline } from './timelineCheck.ts';
import { interventionSchema } from './timelineSchema.ts';

const optimizers = ['sgd', 'momentum', 'adam'] as const;
const losses = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;

const ownReason =
  'must be none, or as the page writes it: fingerprint:name:rows x inputs:columns, such as 9f86d081884c7d65:birds.csv:344x6:nnnxct';
const ownPattern =
  /^(?:none|[0-9a-f]{16}:[\w.-]{1,40}:\d{1,6}x\d{1,3}:[nctx]{1,256}(?::[a-z0-9-]{1,16}){0,8})$/;

function versionReason(version: unknown): string {
  return Number(version) > recipeVersion
    ? `it is of a newer version of this page, which reads up to ${recipeVersion}; reload the page, or ask for it anew`
    : `must be ${recipeVersion}: this page knows no other`;
}

const entries = {
  version: v.optional(
    v.literal(recipeVersion, ({ input }) => versionReason(input)),
    recipeDefaults.version,
  ),
  /** u32 behind initial weights, data, split, order and faults. */
  seed: v.optional(whole(0, 0xffffffff), recipeDefaults.seed),
  /** Id of a dataset in `src/data`. */
  data: v.optional(v.string('must be the name of a dataset'), recipeDefaults.data),
  /** With data `own`: which table of a person's, and what became of its columns. The table itself is in no recipe. */
  own: v.optional(v.pipe(v.string(ownReason), v.regex(ownPattern, ownReason)), recipeDefaults.own),
  classes: v.optional(whole(2, 10), recipeDefaults.classes),
  /** Standard deviation of the noise added to the inputs of generated data. */
  noise: v.optional(real(0, 2), recipeDefaults.noise),
  /** Examples in the training set. */
  train: v.optional(whole(1, 16000), recipeDefaults.train),
  /** Examples in the validation set. */
  validation: v.optional(whole(1, 4000), recipeDefaults.validation),
  /** Units of each hidden layer. */
  hidden: v.optional(
    v.pipe(
      v.array(whole(1, 512), 'must be a list of layer widths'),
      v.maxLength(6, 'must have at most 6 layers'),
    ),
    recipeDefaults.hidden,
  ),
  /** Sigmoid and squared error use one output unit for two classes, one per class beyond; softmax one per class. */
  loss: v.optional(v.picklist(losses, `must be one of ${losses.join(', ')}`), recipeDefaults.loss),
  optimizer: v.optional(
    v.picklist(optimizers, `must be one of ${optimizers.join(', ')}`),
    recipeDefaults.optimizer,
  ),
  batch: v.optional(whole(1, 1024), recipeDefaults.batch),
  /** Steps between two evaluations of the validation set. */
  validateEvery: v.optional(whole(1, 10000), recipeDefaults.validateEvery),
  /** Steps between two checkpoints. */
  checkpointEvery: v.optional(whole(1, 10000), recipeDefaults.checkpointEvery),
  ...settingsEntries,
  /** Overrides of detectors' thresholds, by `detector.threshold`. */
  thresholds: v.optional(
    v.record(v.string(), real(-1e9, 1e9), 'must be a list of detector.threshold:number'),
    {},
  ),
  timeline: v.optional(
    v.pipe(
      v.array(interventionSchema, 'must be a list of interventions'),
      v.maxLength(200, 'has over 200 entries'),
    ),
    [],
  ),
};

const recipeSchema = v.strictObject(entries);

export type Recipe = Readonly<Omit<v.InferOutput<typeof recipeSchema>, 'timeline'>> & {
  readonly timeline: readonly Intervention[];
};
export type RecipeField = keyof Recipe;

/** In a change of a timeline's entry, a setting was meant. */
function noSuchField(keys: readonly string[]): string {
  const key = keys.at(-1) ?? '';
  if (keys.length === 1) return thereAre(recipeFields, key);
  return nearestName(settingFields, key) === undefined
    ? 'there is no such field here'
    : thereAre(settingFields, key);
}

/** The schema's own words where it has some; otherwise what is missing or expected. */
function reasonOf(issue: v.BaseIssue<unknown>, keys: readonly string[]): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return noSuchField(keys);
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  const expected =
    issue.expected === 'Object' ? 'a list of fields with values' : (issue.expected ?? 'something else');
  return issue.received === 'undefined' ? 'it is missing' : `must be ${expected.replaceAll('"', '')}`;
}

function problemOf(issue: v.BaseIssue<unknown>): RecipeProblem {
  const keys = (issue.path ?? []).map((part) => String(part.key));
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return {
    field: keys.join('.') || 'recipe',
    value: unknown ? issue.path?.at(-1)?.value : issue.input,
    reason: reasonOf(issue, keys),
  };
}

/** What the schema alone cannot see: names that other folders own, and fields that contradict each other. */
function crossCheck(recipe: Recipe, datasets: readonly string[]): RecipeProblem[] {
  const problems: RecipeProblem[] = [...checkTimeline(recipe.timeline, recipe.hidden)];
  if (!datasets.includes(recipe.data)) {
    problems.push({ field: 'data', value: recipe.data, reason: thereAre(datasets, recipe.data) });
  }
  if (recipe.mislabelled > 0 && recipe.mislabelled > Math.min(recipe.keep || recipe.train, recipe.train)) {
    problems.push({ field: 'mislabelled', value: recipe.mislabelled, reason: 'more than the examples kept' });
  }
  return problems;
}

/**
 * Parses anything into a recipe; missing fields take their defaults.
 * @param datasets ids that `data` may name
 * @throws RecipeError that names every offending field
 */
export function parseRecipe(value: unknown, datasets: readonly string[]): Recipe {
  const result = v.safeParse(recipeSchema, value);
  if (!result.success) throw new RecipeError(result.issues.map(problemOf));
  const recipe: Recipe = result.output;
  const problems = crossCheck(recipe, datasets);
  if (problems.length > 0) throw new RecipeError(problems);
  return recipe;
}
