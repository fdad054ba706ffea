// The recipe: everything that determines a run, as plain data; parsed once, at the edge.
import * as v from 'valibot';
import { real, whole } from './ranges.ts';
import { interventionSchema, type Intervention } from './timeline.ts';
import { checkTimeline } from './timelineCheck.ts';
import { settingsEntries } from './settings.ts';

export const recipeVersion = 1;

const optimizers = ['sgd', 'momentum', 'adam'] as const;
const losses = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;

const entries = {
  version: v.optional(
    v.literal(recipeVersion, `must be ${recipeVersion}: this page knows no other`),
    recipeVersion,
  ),
  /** u32 behind initial weights, data, split, order and faults. */
  seed: v.optional(whole(0, 0xffffffff), 1),
  /** Id of a dataset in `src/data`. */
  data: v.optional(v.string('must be the name of a dataset'), 'circle'),
  classes: v.optional(whole(2, 10), 2),
  /** Standard deviation of the noise added to the inputs of generated data. */
  noise: v.optional(real(0, 2), 0.3),
  /** Examples in the training set. */
  train: v.optional(whole(1, 16000), 2000),
  /** Examples in the validation set. */
  validation: v.optional(whole(1, 4000), 2000),
  /** Units of each hidden layer. */
  hidden: v.optional(
    v.pipe(
      v.array(whole(1, 512), 'must be a list of layer widths'),
      v.maxLength(6, 'must have at most 6 layers'),
    ),
    [16, 16],
  ),
  /** Sigmoid and squared error use one output unit for two classes, one per class beyond; softmax one per class. */
  loss: v.optional(v.picklist(losses, `must be one of ${losses.join(', ')}`), 'sigmoid-cross-entropy'),
  optimizer: v.optional(v.picklist(optimizers, `must be one of ${optimizers.join(', ')}`), 'sgd'),
  batch: v.optional(whole(1, 1024), 128),
  /** Steps between two evaluations of the validation set. */
  validateEvery: v.optional(whole(1, 10000), 10),
  /** Steps between two checkpoints. */
  checkpointEvery: v.optional(whole(1, 10000), 64),
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

export const recipeFields = Object.keys(entries) as readonly RecipeField[];
export const defaultRecipe: Recipe = v.parse(recipeSchema, {});

/** A recipe field that could not be used: which one, what stood there, and what would be accepted. */
export interface RecipeProblem {
  readonly field: string;
  readonly value: unknown;
  readonly reason: string;
}

export class RecipeError extends Error {
  readonly problems: readonly RecipeProblem[];

  constructor(problems: readonly RecipeProblem[]) {
    super(problems.map(describeProblem).join(' '));
    this.name = 'RecipeError';
    this.problems = problems;
  }
}

/** One sentence for a person: field, value, what is accepted. */
export function describeProblem({ field, value, reason }: RecipeProblem): string {
  // JSON writes NaN as null, and a function not at all.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) as string | undefined);
  const written = text ?? (value === undefined ? 'nothing' : typeof value);
  const shown = written.length > 60 ? `${written.slice(0, 57)}…` : written;
  const named = field.length > 60 ? `${field.slice(0, 57)}…` : field;
  return `Recipe field “${named}” is ${shown}: ${reason}.`;
}

/** The schema's own words where it has some; otherwise what is missing or expected. */
function reasonOf(issue: v.BaseIssue<unknown>, depth: number): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return depth === 1
      ? `there is no such field; there are ${recipeFields.join(', ')}`
      : 'there is no such field here';
  }
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
    reason: reasonOf(issue, keys.length),
  };
}

/** What the schema alone cannot see: names that other folders own, and fields that contradict each other. */
function crossCheck(recipe: Recipe, datasets: readonly string[]): RecipeProblem[] {
  const problems: RecipeProblem[] = [...checkTimeline(recipe.timeline, recipe.hidden)];
  if (!datasets.includes(recipe.data)) {
    problems.push({ field: 'data', value: recipe.data, reason: `there are ${datasets.join(', ')}` });
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
