// Opens programs and data as every measurement does: on plain, whose rows repeat bit for bit everywhere.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Recipe } from '../../core/recipe.ts';
import type { Dataset, LoadContext } from '../../data/dataset.ts';
import { loadDataset } from '../../data/index.ts';
import { compilePlain, plainEngine } from '../../engine/compiled/plain.ts';
import type { CompileRequest, Engine, Program } from '../../engine/engine.ts';

const publicFolder = new URL('../../../public/', import.meta.url);

const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

async function readPublic(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(fileURLToPath(new URL(path, publicFolder))));
}

const context: LoadContext = {
  file: (path) => {
    const found = files.get(path) ?? readPublic(path);
    files.set(path, found);
    return found;
  },
  progress: () => undefined,
};

/** Without the columns that need no network: where nobody reads them. */
export function openBare(request: CompileRequest): Program {
  return compilePlain(request, Float32Array, 'network');
}

/** `plain` with bare rows: a twin is looked at, not read. */
export const bareEngine: Engine = {
  ...plainEngine,
  compile: (request) => Promise.resolve(openBare(request)),
};

/** The newest few: a run, its twin and its fresh split follow one another, and digits are large. */
const mostKept = 4;
const kept = new Map<string, Promise<Dataset>>();

export function datasetOf(recipe: Recipe): Promise<Dataset> {
  const { data, classes, noise, train, validation, seed } = recipe;
  const key = JSON.stringify([data, classes, noise, train, validation, seed]);
  const found = kept.get(key) ?? loadDataset(recipe, context);
  kept.delete(key);
  kept.set(key, found);
  for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old);
  return found;
}

const freshCount = 2500;

/**
 * The recipe's data with a training set of 2,500 examples that it neither trains nor validates on. Undefined where there are not so many.
 */
export async function freshDataset(recipe: Recipe): Promise<Dataset | undefined> {
  const further = { ...recipe, train: recipe.train + recipe.validation, validation: freshCount };
  const dataset = await datasetOf(further).catch(() => undefined);
  if (!dataset || dataset.validation.count < freshCount) return undefined;
  return { ...dataset, train: dataset.validation };
}
