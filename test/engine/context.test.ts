// The columns that need no network: how far what users send has moved, and what the telemetry costs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { calibratedLimit, divergenceInputs, shiftWindow } from '../../src/data/inputShift.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import { withContext } from '../../src/engine/context.ts';
import type { CompileRequest, Engine, Program } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { readRows, recipeOf, requestOf, train, type Row, type Words } from './support.ts';

let tfjs: Engine;
beforeAll(async () => {
  tfjs = await createTfjsEngine('cpu');
});
afterAll(() => {
  tfjs.dispose();
});

const columns = ['input_kl_divergence', 'input_kl_batch', 'telemetry_series'] as const;
const drift = { kind: 'drift', shift: 1, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 20 };

/** Enough validation examples for a window of 512 to say something. */
const words = { hidden: [3], train: 64, validation: 2000 };

async function requestFor(more: Words = {}): Promise<CompileRequest> {
  return requestOf(recipeOf({ ...words, ...more }));
}

const programOf = (request: CompileRequest) => withContext(compilePlain(request), request);

async function rowsOf(request: CompileRequest, steps: number): Promise<Row[]> {
  return train(programOf(request), steps);
}

const valuesOf = (rows: readonly Row[]) => rows.map((row) => columns.map((name) => row.get(name)));

async function wordsOf(program: Program, chunks: readonly number[]): Promise<number[]> {
  const parts: number[] = [];
  for (const steps of chunks) {
    await program.advance(steps);
    parts.push(...(await program.rows()));
  }
  return parts;
}

describe('every row', () => {
  test('holds the three columns, and all others as without them', async () => {
    const request = await requestFor();
    const rows = await rowsOf(request, 25);
    for (const row of rows) expect(columns.filter((name) => !row.has(name))).toEqual([]);
    const bare = await train(compilePlain(request, Float32Array, 'network'), 25);
    for (const row of bare) expect(columns.filter((name) => row.has(name))).toEqual([]);
    expect(rows.map((row) => [...row].filter(([name]) => !columns.includes(name as never)))).toEqual(
      bare.map((row) => [...row]),
    );
  });

  test('repeats the divergences of the last evaluation step', async () => {
    const rows = await rowsOf(await requestFor({ validateEvery: 10 }), 30);
    const seen = rows.map((row) => row.get('input_kl_divergence'));
    for (let step = 0; step < 30; step++) expect(seen[step]).toBe(seen[step - (step % 10)]);
    expect(new Set(seen).size).toBe(3);
  });

  test('counts the series that the level in force emits', async () => {
    const level = (at: number, settings: object) => ({ at, by: 'edit', change: { kind: 'set', settings } });
    const timeline = [
      level(4, { telemetry: 'per-weight' }),
      level(7, { telemetry: 'core', unemitted: ['loss'] }),
    ];
    const rows = await rowsOf(await requestFor({ timeline, batch: 16 }), 9);
    // 2-3-1 has 13 parameters and 3 neurons.
    const all = 11 + 2 * 13 + 3 + 16;
    expect(rows.map((row) => row.get('telemetry_series'))).toEqual([11, 11, 11, 11, all, all, all, 10, 10]);
  });

  test('counts one output for two classes, and one a class beyond', async () => {
    const perWeight = { telemetry: 'per-weight', hidden: [], batch: 1 };
    const count = async (more: Words) =>
      (await rowsOf(await requestFor({ ...perWeight, ...more }), 1))[0]!.get('telemetry_series');
    expect(await count({})).toBe(9 + 2 * 3 + 1);
    expect(await count({ loss: 'softmax-cross-entropy' })).toBe(9 + 2 * 6 + 1);
    expect(await count({ data: 'blobs', classes: 4 })).toBe(9 + 2 * 12 + 1);
  });
});

describe('the same step has the same row', () => {
  const timeline = [{ at: 13, by: 'edit', change: drift }];

  test('however many steps are read at a time', async () => {
    const request = await requestFor({ timeline });
    const whole = await wordsOf(programOf(request), [40]);
    expect(await wordsOf(programOf(request), [1, 9, 3, 7, 13, 7])).toEqual(whole);
    expect(await wordsOf(programOf(request), Array<number>(40).fill(1))).toEqual(whole);
  });

  test('after a checkpoint was restored', async () => {
    const program = programOf(await requestFor({ timeline }));
    await wordsOf(program, [17]);
    const checkpoint = await program.checkpoint();
    const first = await wordsOf(program, [30]);
    await program.restore(checkpoint);
    expect(await wordsOf(program, [11, 19])).toEqual(first);
  });

  test('in a program that begins there', async () => {
    const request = await requestFor({ timeline });
    const rows = await rowsOf(request, 40);
    const late = await rowsOf({ ...request, fromStep: 20 }, 20);
    expect(valuesOf(late)).toEqual(valuesOf(rows.slice(20)));
  });

  test('in a program of another kind that goes on from its checkpoint', async () => {
    const request = await requestFor({ timeline });
    const rows = await rowsOf(request, 40);
    const program = programOf(request);
    await program.advance(23);
    const late = withContext(await tfjs.compile(request), request);
    await late.restore(await program.checkpoint());
    expect(valuesOf(await train(late, 17))).toEqual(valuesOf(rows.slice(23)));
    const back = programOf(request);
    await back.restore(await late.checkpoint());
    expect(valuesOf(await train(back, 1))).toEqual(valuesOf(await train(programOf(request), 41)).slice(40));
  });

  test('where the drift was pressed while it ran, and not with the recipe', async () => {
    const request = await requestFor();
    const program = programOf(request);
    const before = await wordsOf(program, [13]);
    program.intervene({ ...request.recipe, timeline } as unknown as Recipe);
    const after = await wordsOf(program, [27]);
    expect([...before, ...after]).toEqual(await wordsOf(programOf(await requestFor({ timeline })), [40]));
  });
});

describe('a drift', () => {
  const pressed = (more: object) => ({ timeline: [{ at: 20, by: 'edit', change: { ...drift, ...more } }] });
  const divergences = async (more: Words, steps = 60, generation = 0) => {
    const request = { ...(await requestFor(more)), generation };
    const limit = calibratedLimit(
      divergenceInputs(request.dataset),
      shiftWindow,
      request.dataset.validation.count,
    );
    const rows = await rowsOf(request, steps);
    return { limit, at: (step: number) => rows[step]!.get('input_kl_divergence')! };
  };

  test('shows in the divergence of the window as it grows, and not before it', async () => {
    const { limit, at } = await divergences(pressed({ shift: 2 }));
    for (const step of [0, 10]) expect(at(step)).toBeLessThan(limit);
    expect(at(30)).toBeGreaterThan(limit);
    expect(at(40)).toBeGreaterThan(at(30));
    expect(at(50)).toBeGreaterThan(0.5);
  });

  test('that is none leaves it under its limit', async () => {
    const { limit, at } = await divergences(pressed({ shift: 0 }), 200);
    for (let step = 0; step < 200; step += 10) expect(at(step)).toBeLessThan(limit);
  });

  test('by a quarter turn of XOR leaves it under its limit: the marginals stay', async () => {
    const { limit, at } = await divergences({
      data: 'xor',
      noise: 0.2,
      ...pressed({ shift: 0, rotate: 90, steps: 1 }),
    });
    for (const step of [20, 30, 40, 50]) expect(at(step)).toBeLessThan(limit);
  });

  test('is told of by a single batch no better than by chance', async () => {
    const rows = await rowsOf(await requestFor(), 200);
    const alarms = rows.filter((row) => row.get('input_kl_batch')! > 0.1);
    expect(alarms.length / rows.length).toBeGreaterThan(0.3);
  });

  test('does not go back with a run that rewinds', async () => {
    const { timeline } = pressed({ shift: 2 });
    const opening = { at: 40, by: 'edit', rewindTo: 0, change: { kind: 'set', settings: {} } };
    const before = await divergences({ timeline: [...timeline, opening] });
    const after = await divergences({ timeline: [...timeline, opening] }, 20, 1);
    expect(before.at(0)).toBeLessThan(before.limit);
    expect(after.at(0)).toBeGreaterThan(0.5);
  });
});

test('a program is otherwise what it was', async () => {
  const request = await requestFor();
  const [program, bare] = [programOf(request), compilePlain(request)];
  for (const each of [program, bare]) await each.advance(5);
  const known = ({ step, missed, layout }: Program) => [step, missed, layout.columns];
  expect(known(program)).toEqual(known(bare));
  expect(await program.checkpoint()).toEqual(await bare.checkpoint());
  expect(await program.keep().read()).toEqual(await bare.checkpoint());
  expect(await program.evaluate('train')).toEqual(await bare.evaluate('train'));
  expect(readRows(program.layout, await program.rows('arrived'))).toHaveLength(5);
  expect(await program.rows()).toHaveLength(0);
  program.dispose();
});
