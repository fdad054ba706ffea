// What the engine tests share: recipes from a few words, their data, and rows as objects.
import { Rows, type RowLayout } from '../../src/core/layout.ts';
import type { Recipe } from '../../src/core/recipe.ts';
import { loadDataset, parseRecipe } from '../../src/data/index.ts';
import type { Checkpoint, CompileRequest, Program } from '../../src/engine/engine.ts';

export type Words = Readonly<Record<string, unknown>>;

/** A small recipe: few examples, a small batch; whatever is given stands instead. */
export function recipeOf(words: Words = {}): Recipe {
  return parseRecipe({ train: 96, validation: 50, batch: 16, hidden: [6, 5], ...words });
}

export async function requestOf(recipe: Recipe, fromStep = 0): Promise<CompileRequest> {
  const file = (path: string) => Promise.reject(new Error(`${path}: these tests draw their data`));
  const dataset = await loadDataset(recipe, { file, progress: () => undefined });
  return { recipe, generation: 0, dataset, fromStep };
}

/** A row by column, e.g. `loss` or `activation_mean.1`; absent columns are missing. */
export type Row = ReadonlyMap<string, number>;

export function readRows(layout: RowLayout, words: Uint32Array): Row[] {
  const rows = new Rows(layout, words);
  return Array.from({ length: rows.count }, (_, row) => {
    const present = layout.columns.flatMap(({ signal, layer }, column): [string, number][] => {
      const value = rows.value(row, column);
      return value === undefined ? [] : [[layer === 0 ? signal : `${signal}.${layer}`, value]];
    });
    return new Map([['step', rows.step(row)], ...present]);
  });
}

/** Advances by `steps` and returns their rows. */
export async function train(program: Program, steps: number): Promise<Row[]> {
  await program.advance(steps);
  return readRows(program.layout, await program.rows());
}

/** Difference between two values beyond which they count as different: relative, with a floor for values near 0. */
export interface Tolerance {
  readonly relative: number;
  readonly floor: number;
}

function agree(a: number, b: number, { relative, floor }: Tolerance): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= Math.max(floor, relative * Math.max(Math.abs(a), Math.abs(b)));
}

/** One line per column in which two rows differ or that only one of them has. NaN agrees with NaN. */
export function differences(expected: Row, actual: Row, tolerance: Tolerance): string[] {
  const names = new Set([...expected.keys(), ...actual.keys()]);
  return [...names].flatMap((name) => {
    const [a, b] = [expected.get(name), actual.get(name)];
    if (a !== undefined && b !== undefined && agree(a, b, tolerance)) return [];
    return [`${name}: ${a ?? 'absent'} expected, ${b ?? 'absent'} found`];
  });
}

/** A checkpoint with some values of a region replaced. */
export function spoil(
  checkpoint: Checkpoint,
  region: string,
  values: Readonly<Record<number, number>>,
): Checkpoint {
  const spoilt = new Float32Array(checkpoint.regions.get(region)!);
  for (const [index, value] of Object.entries(values)) spoilt[Number(index)] = value;
  return { step: checkpoint.step, regions: new Map([...checkpoint.regions, [region, spoilt]]) };
}
