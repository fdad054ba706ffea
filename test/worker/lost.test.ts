// A device that is lost: a run goes on from what was read of its checkpoints, and nobody sees a step twice or misses one.
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Advance } from '../../src/worker/advance.ts';
import { Training } from '../../src/worker/training.ts';
import { nextTask } from '../../src/worker/waiting.ts';
import { lateEngine, type LateEngine } from './lateEngine.ts';
import { datasetOf } from './replay.ts';

const small = { hidden: [6, 6], train: 200, validation: 100, batch: 20, checkpointEvery: 16 };

async function start(recipe: Recipe, engine: LateEngine): Promise<Training> {
  return Training.start({ engine, recipe, generation: 0, dataset: await datasetOf(recipe) });
}

/** Advances until the device is lost, moves to plain, and goes on; what was handed over on the way. */
async function throughLoss(training: Training, until: number) {
  const advances: Advance[] = [];
  const restored: number[] = [];
  while (training.step < until) {
    try {
      advances.push(await training.advance(until - training.step, 4));
    } catch {
      restored.push(await training.replaceEngine(plainEngine));
    }
  }
  advances.push(await training.drain());
  return {
    advances,
    restored,
    words: advances.flatMap(({ words }) => [...words]),
    entries: advances.flatMap(({ entries }) => entries.map(({ at }) => at)),
    forks: advances.flatMap(({ fork }) => (fork ? [fork.inheritance.step] : [])),
  };
}

async function undisturbed(recipe: Recipe, until: number) {
  const { words } = await throughLoss(await start(recipe, lateEngine({ behind: () => 0 })), until);
  return words;
}

describe('a lost device', () => {
  it.each([0, 1, 5, Infinity])(
    'repeats and loses no row where %s submits were on their way',
    async (behind) => {
      const recipe = parseRecipe(small);
      const training = await start(recipe, lateEngine({ behind: () => behind, loseAt: 75 }));
      const run = await throughLoss(training, 120);
      expect(run.restored).toEqual([0]);
      expect(run.words).toEqual(await undisturbed(recipe, 120));
      // Checkpoints that went with the device were taken again on the way.
      expect(training.checkpointSteps).toEqual([0, 16, 32, 48, 64, 80, 96, 112]);
      training.dispose();
    },
  );

  it('goes on from the newest checkpoint that was read, and from none whose rows were still on their way', async () => {
    const recipe = parseRecipe(small);
    const engine = lateEngine({ behind: (look) => (look < 12 ? 1 : Infinity) });
    const training = await start(recipe, engine);
    const before = [...(await training.advance(40, 4)).words];
    training.mirror();
    await nextTask();
    before.push(...(await training.advance(30, 4)).words);
    training.mirror();
    await nextTask();
    await nextTask();
    expect(training.seen).toBeLessThan(64);
    engine.lose();
    const run = await throughLoss(training, 100);
    expect(run.restored).toEqual([32]);
    expect([...before, ...run.words]).toEqual(await undisturbed(recipe, 100));
    training.dispose();
  });

  it('keeps the checkpoint that a link still rewinds to', async () => {
    const timeline = [
      { at: 90, by: 'divide-rate', rewindTo: 20, change: { kind: 'scale-rate', factor: 0.1 } },
    ] as const;
    const recipe = parseRecipe({ ...small, timeline });
    const engine = lateEngine({ behind: () => 2 });
    const training = await start(recipe, engine);
    await training.advance(60, 4);
    training.mirror();
    await nextTask();
    engine.lose();
    const run = await throughLoss(training, 100);
    // That of step 48 was read, that of step 20 was not.
    expect(run.restored).toEqual([0]);
    expect(run.forks).toEqual([20]);
    training.dispose();
  });

  it('takes nothing away that had happened and was not told: an entry at the very step of the loss', async () => {
    const timeline = [{ at: 37, by: 'raise-rate', change: { kind: 'scale-rate', factor: 2 } }] as const;
    const recipe = parseRecipe({ ...small, timeline });
    for (const loseAt of [36, 37, 38, 41]) {
      const run = await throughLoss(await start(recipe, lateEngine({ behind: () => 3, loseAt })), 60);
      expect(run.restored).toHaveLength(1);
      expect(run.entries).toEqual([37]);
      expect(run.words).toEqual(await undisturbed(recipe, 60));
    }
  });

  it('may be lost again while the run recovers', async () => {
    const recipe = parseRecipe(small);
    const training = await start(recipe, lateEngine({ behind: () => 2, loseAt: 50 }));
    const { words } = await training.advance(40, 4);
    await expect(training.advance(40, 4)).rejects.toThrow('lost');
    await expect(training.replaceEngine(lateEngine({ behind: () => 2, loseAt: 20 }))).rejects.toThrow('lost');
    const run = await throughLoss(training, 80);
    expect([...words, ...run.words]).toEqual(await undisturbed(recipe, 80));
    training.dispose();
  });

  it('before the first step: the run begins again', async () => {
    const recipe = parseRecipe(small);
    const engine = lateEngine({ behind: () => 0 });
    const training = await start(recipe, engine);
    engine.lose();
    const run = await throughLoss(training, 30);
    expect(run.restored).toEqual([0]);
    expect(run.words).toEqual(await undisturbed(recipe, 30));
  });
});
