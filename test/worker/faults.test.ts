// Faults and remedies that are more than a setting, in whole runs: spoilt batches, drift, a refreshed validation set, weights drawn anew.
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { undrifted } from '../../src/core/stateFaults.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { Course } from '../../src/worker/course.ts';
import { Training } from '../../src/worker/training.ts';
import { collect, datasetOf, replay } from './replay.ts';

const small = { hidden: [8, 8], train: 400, validation: 600, batch: 40, checkpointEvery: 16 };

const entry = (at: number, change: Change, rewindTo?: number): Intervention => ({
  at,
  by: 'edit',
  change,
  ...(rewindTo === undefined ? {} : { rewindTo }),
});
const recipeOf = (timeline: readonly Intervention[], more: object = {}) =>
  parseRecipe({ ...small, ...more, timeline });
const drift = (shift: number, steps: number): Change => ({ kind: 'drift', ...undrifted, shift, steps });
const set = (settings: object): Change => ({ kind: 'set', settings });
const refresh = set({ validationFrom: 'production' });

describe('a bad batch', () => {
  const spoilt = entry(50, { kind: 'corrupt-batch', inputs: 8, swapped: true, steps: 1 });

  it('is bad in its step, whoever passes there, unless it is skipped', async () => {
    const bad = await replay(recipeOf([spoilt]), 60);
    const again = await replay(recipeOf([spoilt, entry(55, set({}), 32)]), 60);
    const skips = await replay(
      recipeOf([spoilt, entry(55, { kind: 'skip-batches', from: 50, steps: 1 }, 32)]),
      60,
    );
    const clean = await replay(recipeOf([]), 60);
    const from32 = (run: Awaited<ReturnType<typeof replay>>) =>
      run.rows.words.slice(-28 * run.rows.layout.width);
    expect(bad.value('loss', 50)).toBeGreaterThan(4 * clean.value('loss', 50));
    expect(from32(again)).toEqual(from32(bad));
    expect(from32(skips)).toEqual(from32(clean));
  });
});

describe('a validation set', () => {
  it('is what users send from the step on at which the settings say so, and holds still from then on', () => {
    const timeline = [entry(100, drift(2, 100)), entry(150, refresh), entry(180, set({ dropout: 0.1 }))];
    const course = new Course(recipeOf(timeline), 0);
    expect(course.validationSource(149)).toBeUndefined();
    for (const step of [150, 180, 900])
      expect(course.validationSource(step)).toEqual({ ...undrifted, shift: 1.02 });
  });

  it('is the data’s own again where the settings go back, and drawn anew where they ask again', () => {
    const split = set({ validationFrom: 'split' });
    const course = new Course(
      recipeOf([entry(0, refresh), entry(10, drift(2, 1)), entry(20, split), entry(30, refresh)]),
      0,
    );
    expect([0, 10, 19].map((step) => course.validationSource(step)?.shift)).toEqual([0, 0, 0]);
    expect(course.validationSource(20)).toBeUndefined();
    expect(course.validationSource(30)).toEqual({ ...undrifted, shift: 2 });
  });

  it('from drifted production tells what the other hid: its loss is worse, and the divergence is gone', async () => {
    const run = await replay(recipeOf([entry(40, drift(1.5, 1)), entry(80, refresh)]), 121);
    expect(run.value('validation_loss', 80)).toBeGreaterThan(1.3 * run.value('validation_loss', 70));
    expect(run.value('input_kl_divergence', 70)).toBeGreaterThan(0.3);
    expect(run.value('input_kl_divergence', 80)).toBeLessThan(0.1);
    expect(run.told[0]).toBe('input-shift firing@50');
  });

  it('changes nothing of the training itself', async () => {
    const [plain, refreshed] = [
      await replay(recipeOf([]), 60),
      await replay(recipeOf([entry(20, refresh)]), 60),
    ];
    for (let step = 0; step < 60; step++)
      expect(refreshed.value('loss', step)).toBe(plain.value('loss', step));
  });
});

describe('weights drawn anew', () => {
  const kill = entry(20, { kind: 'push-biases', layer: 1, units: 6, perStep: -1, steps: 10 });

  it('bring the dead units of a run back to life, live and from its link alike', async () => {
    const recipe = recipeOf([kill]);
    const parent = await Training.start({
      engine: plainEngine,
      recipe,
      generation: 0,
      dataset: await datasetOf(recipe),
    });
    const dead = await collect(parent, 60);
    expect(dead.value('dead_neuron_ratio', 59, 1)).toBeGreaterThanOrEqual(0.75);
    const fork = await parent.fork([{ kind: 'open', by: 'reinitialise', change: { kind: 'reinitialise' } }]);
    const live = await Training.start({ engine: plainEngine, ...fork, dataset: parent.dataset });
    const revived = await collect(live, 120);
    expect(revived.value('dead_neuron_ratio', 0, 1)).toBe(0);
    expect(revived.value('dead_neuron_ratio', 59, 1)).toBe(0);
    const linked = await replay(fork.recipe, 120);
    expect([...linked.rows.words]).toEqual([...revived.rows.words]);
  });
});

describe('a fork reads the rows that it inherits under the settings of their time', () => {
  const active = async (timeline: readonly Intervention[], more: object = {}) => {
    const recipe = recipeOf(timeline, more);
    const training = await Training.start({
      engine: plainEngine,
      recipe,
      generation: 1,
      dataset: await datasetOf(recipe),
    });
    const before = training.active.map(({ detector }) => detector);
    const { told } = await collect(training, training.step + 20);
    return [before, told];
  };

  it('misses no dead ratio in the time when the network had none', async () => {
    expect(await active([entry(60, set({ activation: 'relu' }), 60)], { activation: 'tanh' })).toEqual([
      [],
      [],
    ]);
  });

  it('misses no signal that was emitted until then', async () => {
    const [before, told] = await active([entry(60, set({ unemitted: ['validation_loss'] }), 60)]);
    expect(before).toEqual([]);
    expect(told).toEqual(['observability-gap firing@79']);
  });

  it('is as healthy blindfolded: the gap spoils no checkpoint that another alert goes back to', async () => {
    const hide = entry(10, set({ unemitted: ['validation_loss'] }));
    const spoilt = entry(90, { kind: 'corrupt-batch', inputs: 30, swapped: true, steps: 1 });
    const { findings } = await replay(recipeOf([hide, spoilt]), 100);
    const later = findings.filter(({ detector }) => detector !== 'observability-gap');
    expect(findings.length).toBe(later.length + 1);
    expect(later[0]).toMatchObject({ onset: 90, healthyCheckpoint: 80 });
  });

  it('knows the gap that there was, and lets it go with the first row that has the signal', async () => {
    const hide = entry(0, set({ unemitted: ['validation_loss'] }));
    expect(await active([hide, entry(60, set({ unemitted: [] }), 48)])).toEqual([['observability-gap'], []]);
  });
});
