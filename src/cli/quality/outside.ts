// Runs from a file: parsed before anything trains, and told apart into healthy ones and those with a fault.
import { thereAre } from '../../core/nearest.ts';
import { readFile } from 'node:fs/promises';
import type { Recipe } from '../../core/recipe.ts';
import { detectors } from '../../detectors/index.ts';
import { messageOf } from '../../worker/messageOf.ts';
import { checkedRecipe } from '../recipeFile.ts';
import type { Job } from './job.ts';
import { datasetOf } from './program.ts';
import { stepsOf } from './scenarios.ts';
import { subjects } from './subjects/index.ts';

export interface OutsideRun {
  readonly label: string;
  readonly recipe: Recipe;
  /** Detectors that must fire; undefined = the file does not say. */
  readonly expected: readonly string[] | undefined;
}

/** A run whose fault comes late is trained at least this much longer. */
const stepsAfterFault = 800;

const fields = ['recipe', 'label', 'expected'];
const detectorIds: readonly string[] = detectors.map(({ id }) => id);

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expectedOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const names = Array.isArray(value) ? value.map(String) : undefined;
  const unknown = names?.find((name) => !detectorIds.includes(name));
  if (names && unknown === undefined) return names;
  throw new Error(
    `“expected” is ${JSON.stringify(value)}: must be a list of detectors; ${thereAre(detectorIds, unknown)}`,
  );
}

function labelOf(value: unknown, fallback: string): string {
  if (value === undefined) return fallback;
  if (typeof value === 'string') return value;
  throw new Error(`“label” is ${JSON.stringify(value)}: must be text`);
}

function readRun(value: unknown, number: number): OutsideRun {
  const label = `run ${number}`;
  if (!isFields(value) || !('recipe' in value))
    return { label, recipe: checkedRecipe(value), expected: undefined };
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw new Error(`“${unknown}”: ${thereAre(fields, unknown)}`);
  return {
    label: labelOf(value['label'], label),
    recipe: checkedRecipe(value['recipe']),
    expected: expectedOf(value['expected']),
  };
}

function parseList(text: string): readonly unknown[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error('must be a list of recipes');
  return value;
}

/** Does something with a part of a file; an error of it names where it stands. */
async function within<T>(place: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${place}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Reads runs and loads their data once, for a split can ask for more examples than there are.
 * @throws Error that names the file, the run (the first is 1) and the field
 */
export async function readOutside(path: string): Promise<readonly OutsideRun[]> {
  const list = await within(path, async () => parseList(await readFile(path, 'utf8')));
  const runs: OutsideRun[] = [];
  for (const [index, value] of list.entries()) {
    const run = await within(`${path}, run ${index + 1}`, async () => {
      const read = readRun(value, index + 1);
      await datasetOf(read.recipe);
      return read;
    });
    runs.push(run);
  }
  return runs;
}

/** Detectors that the run is judged by: those it names, or those that an entry of its timeline can concern. */
function subjectsOf({ recipe, expected }: OutsideRun): readonly string[] {
  if (expected) return expected;
  return subjects
    .filter((subject) => recipe.timeline.some(({ change }) => subject.concerns(change, recipe)))
    .map(({ id }) => id);
}

/** The first entry that can be a fault of what the run is judged by. */
function faultStep({ recipe }: OutsideRun, judged: readonly string[]): number {
  const concerned = subjects.filter(({ id }) => judged.includes(id));
  const entries = recipe.timeline.filter(({ change }) =>
    concerned.some((subject) => subject.concerns(change, recipe)),
  );
  return (entries[0] ?? recipe.timeline[0])?.at ?? 0;
}

/** A run that nothing concerns is a control for every detector. Of a timeline with rewinds, the run before the first of them is trained. */
export function outsideJob(run: OutsideRun, index: number): Job {
  const { label, recipe, expected } = run;
  const judged = subjectsOf(run);
  const isControl = judged.length === 0;
  const at = isControl ? 0 : faultStep(run, judged);
  const steps = Math.max(stepsOf(recipe), isControl ? 0 : at + stepsAfterFault);
  const trial = { label, recipe, steps, at };
  return { kind: 'outside', number: index + 1, subjects: judged, expected, trial };
}
