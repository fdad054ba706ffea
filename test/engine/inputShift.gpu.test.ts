// How far what users send has moved: both executions on the GPU against plain, on real data, with every kind of drift.
import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../src/data/index.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest, Program } from '../../src/engine/engine.ts';
import { compiledEngines, executions } from './compiledEngines.ts';
import { recipeOf, train, type Row, type Words } from './support.ts';

const engineFor = compiledEngines();

/** The first drift is under way at some evaluations and over at the last, where it is alone or another has begun. */
const steps = 31;

const sets: readonly Words[] = [
  { data: 'circle', validation: 1000 },
  { data: 'xor', validation: 2000, noise: 0.2 },
  { data: 'penguins', classes: 3, train: 150, validation: 90 },
  { data: 'mnist', classes: 10, validation: 500 },
];

const drifts: readonly Words[] = [
  { shift: 0.5 },
  { shift: 1 },
  { scale: 1.7 },
  { scale: 0.3 },
  { rotate: 45 },
  { rotate: -90 },
  { rotate: 100 },
  { noise: 0.6 },
  { prior: 0.9 },
  { shift: -1, scale: 1.2, rotate: 30, noise: 0.3, prior: 0.4 },
];

async function requestWith(words: Words): Promise<CompileRequest> {
  const recipe = recipeOf({ hidden: [3], seed: 3, ...words });
  const file = async (path: string) => new Uint8Array(await (await fetch(`/${path}`)).arrayBuffer());
  const dataset = await loadDataset(recipe, { file, progress: () => undefined });
  return { recipe, generation: 0, dataset, fromStep: 0 };
}

const entry = (at: number, to: Words, steps: number) => ({
  at,
  by: 'edit',
  change: { kind: 'drift', shift: 0, scale: 1, rotate: 0, noise: 0, prior: 0, ...to, steps },
});

async function divergences(program: Program): Promise<number[][]> {
  const rows = await train(program, steps);
  program.dispose();
  const of = (row: Row): number[] => ['input_kl_divergence', 'input_kl_batch'].map((name) => row.get(name)!);
  return rows.map(of);
}

/** Lines for values that are further apart than a share of them, and a floor. */
function apart(expected: number[][], found: number[][], share: number, floor: number): string[] {
  return expected.flatMap((values, step) =>
    values.flatMap((value, column) => {
      const other = found[step]![column]!;
      return Math.abs(value - other) <= share * value + floor ? [] : [`step ${step}: ${value}, ${other}`];
    }),
  );
}

describe.each(sets)('$data', (set) => {
  test.each(executions)('undrifted, every example is in its bin (%s)', async (execution) => {
    const request = await requestWith(set);
    const expected = await divergences(compilePlain(request));
    const found = await divergences(await engineFor(execution).compile(request));
    // Sums of float32 logarithms: less than the least count would move them.
    expect(apart(expected, found, 1e-5, 1e-6)).toEqual([]);
    expect(new Set(expected.flat()).size).toBe(8);
  });

  test.each(drifts)('drifted by %o, divergences are within 2 % and 0.001', async (to) => {
    const timeline = [entry(7, to, 15), entry(25, { scale: 1.1 }, 1)];
    const request = await requestWith({ ...set, timeline });
    const expected = await divergences(compilePlain(request));
    for (const execution of executions) {
      const found = await divergences(await engineFor(execution).compile(request));
      expect(apart(expected, found, 0.02, 1e-3), execution).toEqual([]);
    }
  });
});

test.each(executions)('a drift that is pressed in mid-run counts from there on (%s)', async (execution) => {
  const request = await requestWith({ data: 'circle', validation: 1000 });
  const timeline = [entry(12, { shift: 2 }, 10)];
  const drifted = {
    ...request,
    recipe: recipeOf({ hidden: [3], seed: 3, data: 'circle', validation: 1000, timeline }),
  };
  const whole = await divergences(await engineFor(execution).compile(drifted));
  const program = await engineFor(execution).compile(request);
  const before = await train(program, 12);
  program.intervene(drifted.recipe);
  const after = await train(program, steps - 12);
  program.dispose();
  const found = [...before, ...after].map((row) => row.get('input_kl_divergence'));
  expect(found).toEqual(whole.map(([window]) => window));
  expect(found.at(-1)).toBeGreaterThan(10 * found[0]!);
});
