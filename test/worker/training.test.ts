// A run keeps to its timeline: forks, rewinds, structure changes, and links that replay what was done live.
import { describe, expect, it } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { writeLink } from '../../src/scenarios/writeLink.ts';
import { Training } from '../../src/worker/training.ts';
import { collect, datasetOf, replay } from './replay.ts';

const small = { hidden: [6, 6], train: 200, validation: 100, batch: 20, checkpointEvery: 16 };

function wordsOf(result: { rows: { words: Uint32Array } }): number[] {
  return [...result.rows.words];
}

async function start(recipe = parseRecipe(small)): Promise<Training> {
  return Training.start({ engine: plainEngine, recipe, generation: 0, dataset: await datasetOf(recipe) });
}

describe('a timeline', () => {
  it('applies an entry at its step: learning rate', async () => {
    const timeline = [{ at: 10, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } }];
    const run = await replay(parseRecipe({ ...small, timeline }), 20);
    expect(run.value('learning_rate', 9)).toBeCloseTo(0.1);
    expect(run.value('learning_rate', 10)).toBeCloseTo(1);
  });

  it('gives the same rows for a press made live and for the recipe that records it', async () => {
    const training = await start();
    const before = await collect(training, 23);
    training.intervene('raise-rate', { kind: 'scale-rate', factor: 10 });
    const after = await collect(training, 60);
    const replayed = await replay(training.recipe, 60);
    expect([...wordsOf(before), ...wordsOf(after)]).toEqual(wordsOf(replayed));
  });

  it('changes the activation in the middle of a run and keeps the weights', async () => {
    const settings = { activation: 'tanh', learningRate: 0 };
    const timeline = [{ at: 30, by: 'edit', change: { kind: 'set', settings } }];
    const training = await start(parseRecipe({ ...small, timeline }));
    await collect(training, 30);
    const before = (await training.program.checkpoint()).regions.get('weights.1');
    const run = await collect(training, 60);
    expect((await training.program.checkpoint()).regions.get('weights.1')).toEqual(before);
    expect(training.program.layout).toEqual(run.training.layout);
    expect(run.rows.has(0, training.layout.column('dead_neuron_ratio', 1))).toBe(false);
    expect(run.rows.has(0, training.layout.column('saturation_ratio', 1))).toBe(true);
  });
});

describe('a fork', () => {
  const entries = [
    { kind: 'open', by: 'divide-rate', rewindTo: 16, change: { kind: 'scale-rate', factor: 0.1 } },
  ] as const;

  it('rewinds to the checkpoint under the settings in force, then its own', async () => {
    const training = await start();
    await collect(training, 20);
    training.intervene('raise-rate', { kind: 'scale-rate', factor: 100 });
    await collect(training, 30);
    const { recipe, generation, inheritance } = await training.fork(entries);
    expect(inheritance.step).toBe(16);
    const dataset = await datasetOf(recipe);
    const child = await Training.start({ engine: plainEngine, recipe, generation, dataset, inheritance });
    const run = await collect(child, 40, inheritance.rows);
    expect(run.value('learning_rate', 16)).toBeCloseTo(1);
  });

  it('is the same whether its parent hands over a checkpoint or it replays its ancestors from the link', async () => {
    const training = await start();
    await collect(training, 20);
    training.intervene('kill-relus', { kind: 'push-biases', layer: 1, units: 4, perStep: -0.5, steps: 20 });
    await collect(training, 45);
    const fork = await training.fork([
      { kind: 'open', by: 'leaky-relu', change: { kind: 'set', settings: { activation: 'leaky-relu' } } },
    ]);
    const dataset = await datasetOf(fork.recipe);
    const child = await Training.start({ engine: plainEngine, dataset, ...fork });
    const live = await collect(child, 90);
    const linked = await replay(readLink(writeLink(fork.recipe)).recipe, 90);
    expect(live.rows.step(0)).toBe(45);
    expect(wordsOf(live)).toEqual(wordsOf(linked));
  });

  it('leaves its parent as it was: rows go on bit for bit', async () => {
    const training = await start();
    const before = await collect(training, 30);
    await training.fork(entries);
    const after = await collect(training, 50);
    const undisturbed = await replay(training.recipe, 50);
    expect([...wordsOf(before), ...wordsOf(after)]).toEqual(wordsOf(undisturbed));
  });

  it('ends a running bias push when it starts from here', async () => {
    const training = await start();
    await collect(training, 20);
    training.intervene('kill-relus', { kind: 'push-biases', layer: 1, units: 6, perStep: -1, steps: 1000 });
    await collect(training, 30);
    const fork = await training.fork([{ kind: 'open', by: 'elu', change: { kind: 'set', settings: {} } }]);
    const biases = async (run: Training) => (await run.program.checkpoint()).regions.get('biases.1');
    const dataset = await datasetOf(fork.recipe);
    const child = await Training.start({ engine: plainEngine, dataset, ...fork });
    const before = await biases(child);
    await collect(child, 40);
    const after = await biases(child);
    for (let unit = 0; unit < 6; unit++) expect(after?.[unit]).toBeGreaterThan((before?.[unit] ?? 0) - 1);
  });

  it('is announced by the parent when a link reaches its step', async () => {
    const training = await start();
    await collect(training, 30);
    const { recipe } = await training.fork(entries);
    const again = await start(recipe);
    const forks = [];
    while (again.step < 60) {
      const { fork } = await again.advance(60 - again.step, 8);
      if (fork) forks.push({ at: again.step, start: fork.inheritance.step });
    }
    expect(forks).toHaveLength(1);
    expect(forks[0]?.start).toBe(16);
  });
});

describe('checkpoints', () => {
  it('that a link rewinds to are kept, however many follow', async () => {
    const training = await start(parseRecipe({ ...small, checkpointEvery: 1 }));
    await collect(training, 48);
    const open = { kind: 'open', by: 'edit', rewindTo: 1, change: { kind: 'set', settings: {} } } as const;
    const fork = await training.fork([open]);
    expect(fork.inheritance.step).toBe(1);
    const linked = await replay(fork.recipe, 60);
    expect(linked.rows.step(0)).toBe(1);
  });

  it('of a run that was forked begin where it begins: there is nothing before to rewind to', async () => {
    const training = await start();
    await collect(training, 45);
    const open = { kind: 'open', by: 'edit', change: { kind: 'set', settings: {} } } as const;
    const fork = await training.fork([open]);
    const child = await Training.start({ engine: plainEngine, dataset: training.dataset, ...fork });
    await collect(child, 60);
    const again = await child.fork([{ ...open, rewindTo: 0 }]);
    expect(again.inheritance.step).toBe(45);
  });
});

describe('a replaced engine', () => {
  it('takes up a fork that has not advanced yet where it was, not from initial weights', async () => {
    const training = await start();
    await collect(training, 45);
    const open = { kind: 'open', by: 'edit', change: { kind: 'set', settings: {} } } as const;
    const fork = await training.fork([open]);
    const child = await Training.start({ engine: plainEngine, dataset: training.dataset, ...fork });
    expect(await child.replaceEngine(plainEngine)).toBe(45);
    const after = await collect(child, 80);
    expect(wordsOf(after)).toEqual(wordsOf(await replay(fork.recipe, 80)));
  });

  it('keeps what was pressed before and after the loss', async () => {
    const training = await start();
    await collect(training, 35);
    training.intervene('raise-rate', { kind: 'scale-rate', factor: 2 });
    await collect(training, 39);
    await training.replaceEngine(plainEngine);
    expect(training.step).toBe(39);
    expect(training.intervene('raise-rate', { kind: 'scale-rate', factor: 2 })).toHaveLength(1);
    expect(training.recipe.timeline.map(({ at }) => at)).toEqual([35, 39]);
  });

  it('goes on from the last checkpoint without repeating or losing a row', async () => {
    const training = await start();
    const before = await collect(training, 37);
    const step = await training.replaceEngine(plainEngine);
    expect(step).toBe(32);
    const after = await collect(training, 70);
    const undisturbed = await replay(training.recipe, 70);
    expect([...wordsOf(before), ...wordsOf(after)]).toEqual(wordsOf(undisturbed));
  });
});

describe('a loan', () => {
  const kill = {
    at: 20,
    by: 'kill-relus',
    change: { kind: 'push-biases', layer: 1, units: 4, perStep: -0.5, steps: 20 },
  };
  const remedies = [
    { at: 48, by: 'batch-norm', change: { kind: 'set', settings: { batchNorm: true } } },
    { at: 48, by: 'divide-rate', change: { kind: 'scale-rate', factor: 0.1 } },
  ];

  it.each(remedies)('spares a run with another end the steps up to there: $by', async (remedy) => {
    const training = await start(parseRecipe({ ...small, timeline: [kill] }));
    await collect(training, 60);
    const recipe = parseRecipe({ ...small, timeline: [kill, remedy] });
    const inheritance = await training.lend(48);
    expect(inheritance?.step).toBe(48);
    const request = {
      engine: plainEngine,
      recipe,
      generation: 0,
      dataset: await datasetOf(recipe),
      inheritance,
    };
    const lane = await collect(await Training.start(request), 100, inheritance?.rows);
    const whole = await replay(recipe, 100);
    expect(lane.rows.count).toBe(100);
    expect(wordsOf(lane)).toEqual(wordsOf(whole));
    expect(lane.told).toEqual(whole.told.filter((told) => Number(told.split('@')[1]) >= 48));
  });

  it('is of a checkpoint or of where the run stands, and of nothing between', async () => {
    const training = await start();
    await collect(training, 45);
    expect((await training.lend(45))?.rows.length).toBe(45 * training.layout.width);
    expect(await training.lend(33)).toBeUndefined();
  });
});
