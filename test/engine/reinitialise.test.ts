// Dead units drawn anew: those alone, as a network begins, and the same for everybody.
import { describe, expect, test } from 'vitest';
import { deadWindow } from '../../src/signals/index.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Checkpoint } from '../../src/engine/engine.ts';
import { redrawn, reinitialiseDead } from '../../src/engine/reinitialise.ts';
import { recipeOf, requestOf, spoil, train, type Words } from './support.ts';

const [layer, units, inputs] = [2, 5, 6];
const [dead, alive] = [
  [1, 3],
  [0, 2, 4],
];

/** A run in which units 1 and 3 of layer 2 are pushed far below zero, and counted dead. */
async function killed(words: Words = {}, steps = 40) {
  const recipe = recipeOf({ optimizer: 'adam', learningRate: 0.01, ...words });
  const request = await requestOf(recipe);
  const program = compilePlain(request);
  await program.advance(5);
  // Under batch norm the shift is β’s.
  const shift = recipe.batchNorm ? `beta.${layer}` : `biases.${layer}`;
  await program.restore(spoil(await program.checkpoint(), shift, { 1: -1e3, 3: -1e3 }));
  await program.advance(steps);
  return { recipe, request, program, checkpoint: await program.checkpoint() };
}

const region = ({ regions }: Checkpoint, name: string) => regions.get(name)!;
const rowOf = (checkpoint: Checkpoint, name: string, unit: number) => [
  ...region(checkpoint, name).subarray(unit * inputs, (unit + 1) * inputs),
];

describe('a dead unit', () => {
  test('has weights within He’s bound, the recipe’s bias, and no memory of the past', async () => {
    const { recipe, checkpoint } = await killed({ initialBias: 0.3 });
    const drawn = reinitialiseDead(checkpoint, recipe);
    for (const unit of dead) {
      const weights = rowOf(drawn, `weights.${layer}`, unit);
      expect(weights).not.toEqual(rowOf(checkpoint, `weights.${layer}`, unit));
      expect(new Set(weights).size).toBe(inputs);
      for (const weight of weights) expect(Math.abs(weight)).toBeLessThanOrEqual(Math.sqrt(6 / inputs));
      expect(region(drawn, `biases.${layer}`)[unit]).toBe(Math.fround(0.3));
      expect(region(drawn, `quiet.${layer}`)[unit]).toBe(0);
      for (const block of ['moment1', 'moment2']) {
        expect(rowOf(drawn, `${block}.weights.${layer}`, unit)).toEqual(Array<number>(inputs).fill(0));
        expect(region(drawn, `${block}.biases.${layer}`)[unit]).toBe(0);
      }
    }
    expect(rowOf(drawn, `weights.${layer}`, 1)).not.toEqual(rowOf(drawn, `weights.${layer}`, 3));
  });

  test('is alive again, and stays so', async () => {
    const { recipe, program, checkpoint } = await killed();
    const ratio = `dead_neuron_ratio.${layer}`;
    expect((await train(program, 1)).at(-1)!.get(ratio)).toBe(Math.fround(dead.length / units));
    await program.restore(reinitialiseDead(checkpoint, recipe));
    for (const row of await train(program, 60)) expect(row.get(ratio)).toBe(0);
  });

  test('under batch norm begins with γ = 1 and β = 0: new weights alone would change nothing', async () => {
    const { recipe, program, checkpoint } = await killed({ batchNorm: true });
    const drawn = reinitialiseDead(checkpoint, recipe);
    for (const unit of dead) {
      expect([region(drawn, `gamma.${layer}`)[unit], region(drawn, `beta.${layer}`)[unit]]).toEqual([1, 0]);
      for (const name of ['gamma', 'beta']) expect(region(drawn, `moment2.${name}.${layer}`)[unit]).toBe(0);
    }
    await program.restore(drawn);
    for (const row of await train(program, 60)) expect(row.get(`dead_neuron_ratio.${layer}`)).toBe(0);
  });

  test('is one that was quiet for the whole window, not a step less', async () => {
    const { recipe, checkpoint } = await killed();
    const window = deadWindow(recipe.train, recipe.batch);
    const quiet = (steps: number) =>
      reinitialiseDead(spoil(checkpoint, `quiet.${layer}`, { 1: steps, 3: 0 }), recipe);
    expect(rowOf(quiet(window - 1), `weights.${layer}`, 1)).toEqual(rowOf(checkpoint, `weights.${layer}`, 1));
    expect(rowOf(quiet(window), `weights.${layer}`, 1)).not.toEqual(rowOf(checkpoint, `weights.${layer}`, 1));
  });

  test('is drawn the same every time, and otherwise at another step or with another seed', async () => {
    const { recipe, checkpoint } = await killed();
    const weights = (from: Checkpoint, seed = recipe.seed) =>
      rowOf(reinitialiseDead(from, { ...recipe, seed }), `weights.${layer}`, 1);
    expect(weights(checkpoint)).toEqual(weights(checkpoint));
    expect(weights({ ...checkpoint, step: checkpoint.step + 1 })).not.toEqual(weights(checkpoint));
    expect(weights(checkpoint, recipe.seed + 1)).not.toEqual(weights(checkpoint));
  });
});

describe('everything else', () => {
  test('stays as it is: the other units, the other layers, the evaluation, the step, and the checkpoint given', async () => {
    const { recipe, checkpoint } = await killed();
    const before = structuredClone(checkpoint);
    const drawn = reinitialiseDead(checkpoint, recipe);
    expect(checkpoint).toEqual(before);
    expect(drawn.step).toBe(checkpoint.step);
    expect([...drawn.regions.keys()]).toEqual([...checkpoint.regions.keys()]);
    for (const [name, values] of checkpoint.regions) {
      if (!name.endsWith(`.${layer}`)) expect(region(drawn, name), name).toEqual(values);
    }
    for (const unit of alive) {
      for (const name of ['weights', 'moment1.weights', 'moment2.weights'])
        expect(rowOf(drawn, `${name}.${layer}`, unit)).toEqual(rowOf(checkpoint, `${name}.${layer}`, unit));
      expect(region(drawn, `biases.${layer}`)[unit]).toBe(region(checkpoint, `biases.${layer}`)[unit]);
    }
  });

  test.each<Words>([{}, { activation: 'tanh' }, { optimizer: 'sgd' }, { hidden: [] }])(
    'of a network without a dead unit stays, to the bit: %o',
    async (words) => {
      const recipe = recipeOf(words);
      const program = compilePlain(await requestOf(recipe));
      await program.advance(30);
      const checkpoint = await program.checkpoint();
      expect(reinitialiseDead(checkpoint, recipe)).toEqual(checkpoint);
    },
  );
});

describe('all weights drawn anew', () => {
  const saturated = { activation: 'tanh', batchNorm: true } as const;

  test('are those of a new network at the standard scale, whatever the timeline did to them', async () => {
    const words = { optimizer: 'adam', initialBias: 0.3, ...saturated } as const;
    const { checkpoint, recipe } = await killed(words);
    const timeline = [
      { at: 0, by: 'edit', change: { kind: 'set', settings: { initialScale: 50 } } },
    ] as const;
    const fresh = compilePlain(await requestOf(recipe));
    const begun = await fresh.checkpoint();
    const drawn = redrawn(checkpoint, { ...recipe, initialScale: 9, timeline }, { kind: 'initialise' });
    expect(drawn.step).toBe(checkpoint.step);
    expect([...drawn.regions.keys()]).toEqual([...checkpoint.regions.keys()]);
    for (const [name, values] of begun.regions)
      if (name !== 'evaluation') expect(region(drawn, name), name).toEqual(values);
    expect(region(drawn, 'evaluation')).toEqual(region(checkpoint, 'evaluation'));
  });

  test('are what opens such a run, and nothing else draws any', async () => {
    const { recipe, checkpoint } = await killed();
    expect(redrawn(checkpoint, recipe, { kind: 'reinitialise' })).toEqual(
      reinitialiseDead(checkpoint, recipe),
    );
    expect(redrawn(checkpoint, recipe, { kind: 'set', settings: {} })).toBe(checkpoint);
    expect(redrawn(checkpoint, recipe, undefined)).toBe(checkpoint);
  });
});
