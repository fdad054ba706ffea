// Rows that arrive late change nothing: the same rows, findings, checkpoints and forks, whatever the lag and the chunk.
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { lastGeneration } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Advance } from '../../src/worker/advance.ts';
import { Training } from '../../src/worker/training.ts';
import { datasetOf } from './replay.ts';
import { latenesses, lateEngine } from './lateEngine.ts';

const small = {
  hidden: [6, 6],
  train: 200,
  validation: 100,
  batch: 20,
  checkpointEvery: 16,
  validateEvery: 10,
};
const ring = { hidden: [14, 14], train: 400, validation: 200, batch: 40, checkpointEvery: 16 };

/** Timelines as plain data, as a link holds them. */
const recipes: Readonly<Record<string, Recipe>> = {
  'without a timeline': parseRecipe(small),
  'with a rate raised twice, repaired by a rewind': parseRecipe({
    ...ring,
    timeline: [
      { at: 150, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
      { at: 163, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
      { at: 199, by: 'divide-rate', rewindTo: 144, change: { kind: 'scale-rate', factor: 0.01 } },
    ],
  }),
  'with ReLUs killed, repaired by another activation from here': parseRecipe({
    ...ring,
    timeline: [
      {
        at: 90,
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 12, perStep: -0.5, steps: 40 },
      },
      {
        at: 181,
        by: 'leaky-relu',
        rewindTo: 181,
        change: { kind: 'set', settings: { activation: 'leaky-relu' } },
      },
    ],
  }),
  'with the structure changed twice': parseRecipe({
    ...small,
    timeline: [
      { at: 37, by: 'edit', change: { kind: 'set', settings: { activation: 'tanh' } } },
      { at: 64, by: 'edit', change: { kind: 'set', settings: { batchNorm: true } } },
    ],
  }),
  'starved, then rewound, then starved again': parseRecipe({
    ...small,
    timeline: [
      { at: 60, by: 'starve', change: { kind: 'set', settings: { keep: 8, mislabelled: 2 } } },
      {
        at: 170,
        by: 'add-data',
        rewindTo: 48,
        change: { kind: 'set', settings: { keep: 0, mislabelled: 0 } },
      },
      { at: 100, by: 'starve', change: { kind: 'set', settings: { keep: 8 } } },
    ],
  }),
};

/** What an advance tells, in words that can be compared. */
function toldBy({ entries, detected, fork }: Advance): string[] {
  return [
    ...entries.map(({ at, by }) => `${by}@${at}`),
    // Findings beside a fork, too, are of later rows.
    ...(fork ? [`fork to ${fork.inheritance.step} with ${fork.inheritance.rows.length} words`] : []),
    ...detected.map(({ event, healthyCheckpoint }) => {
      if (event.kind === 'resolved') return `${event.detector} resolved@${event.at}`;
      const { detector, severity, at, onset } = event.finding;
      return `${detector} ${severity}@${at} from ${onset}, before it ${healthyCheckpoint}`;
    }),
  ];
}

/** Everything that somebody hears of a run up to a step. */
async function heard(engine: Engine, recipe: Recipe, generation: number, until: number, chunk: number) {
  const dataset = await datasetOf(recipe);
  const training = await Training.start({ engine, recipe, generation, dataset });
  const advances: Advance[] = [];
  let next = training.step;
  while (training.step < until) {
    const advance = await training.advance(until - training.step, chunk);
    advances.push(advance);
    next += advance.words.length / training.layout.width;
    // The rows before an entry have been handed over with it at the latest.
    for (const { at } of advance.entries) expect(next).toBeGreaterThanOrEqual(at);
  }
  advances.push(await training.drain());
  const checkpoints = training.checkpointSteps;
  training.dispose();
  return { words: advances.flatMap(({ words }) => [...words]), told: advances.flatMap(toldBy), checkpoints };
}

describe.each(Object.entries(recipes))('a run %s', (_, recipe) => {
  const generations = Array.from(
    { length: lastGeneration(recipe.timeline) + 1 },
    (_, generation) => generation,
  );
  const until = 240;

  it.each(Object.entries(latenesses))('is the same where rows are late by %s', async (_, behind) => {
    for (const generation of generations) {
      const plain = await heard(plainEngine, recipe, generation, until, 4);
      for (const chunk of [1, 5, 64]) {
        const engine = lateEngine({ behind });
        expect(await heard(engine, recipe, generation, until, chunk)).toEqual(plain);
        expect(engine.asked.held).toBe(0);
      }
    }
  });
});

describe('a device that answers late', () => {
  it('is waited for only where order matters', async () => {
    const recipe = parseRecipe(small);
    const engine = lateEngine({ behind: () => 3 });
    const training = await Training.start({
      engine,
      recipe,
      generation: 0,
      dataset: await datasetOf(recipe),
    });
    await training.advance(400, 4);
    expect(engine.asked).toMatchObject({ drains: 0, read: 1 });
    expect(training.isBehind).toBe(true);
    await training.drain();
    expect(training.isBehind).toBe(false);
    training.dispose();
  });

  it('has its checkpoints thinned by the same rule as any other, and holds only those that are kept', async () => {
    const recipe = parseRecipe({ ...small, checkpointEvery: 1 });
    const kept = [];
    for (const engine of [plainEngine, lateEngine({ behind: () => 9 })]) {
      const training = await Training.start({
        engine,
        recipe,
        generation: 0,
        dataset: await datasetOf(recipe),
      });
      await training.advance(300, 8);
      await training.drain();
      kept.push(training.checkpointSteps);
      if ('asked' in engine) expect(engine.asked).toMatchObject({ held: training.checkpointSteps.length });
      training.dispose();
    }
    expect(kept[1]).toEqual(kept[0]);
  });

  it('hands a fork every row before it, with nobody having waited before', async () => {
    const recipe = parseRecipe(small);
    const engine = lateEngine({ behind: () => Infinity });
    const training = await Training.start({
      engine,
      recipe,
      generation: 0,
      dataset: await datasetOf(recipe),
    });
    await training.advance(45, 5);
    const open = { kind: 'open', by: 'edit', change: { kind: 'set', settings: {} } } as const;
    const { inheritance } = await training.fork([open]);
    expect(inheritance.rows.length).toBe(45 * training.layout.width);
    const { words } = await training.drain();
    expect([...words]).toEqual([...inheritance.rows]);
    training.dispose();
  });
});
