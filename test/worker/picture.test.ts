// Pictures of every kind of data: a surface for all but images, over the first two inputs.
import { describe, expect, it } from 'vitest';
import { undrifted } from '../../src/core/stateFaults.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { makePicture } from '../../src/worker/picture.ts';
import { Training } from '../../src/worker/training.ts';
import { datasetOf } from './replay.ts';

const small = { hidden: [6, 5], batch: 20, loss: 'softmax-cross-entropy' };

async function pictureOf(fields: object) {
  const recipe = parseRecipe({ ...small, ...fields });
  const dataset = await datasetOf(recipe);
  const training = await Training.start({ engine: plainEngine, recipe, generation: 0, dataset });
  await training.advance(3, 3);
  return { picture: await makePicture(training), training };
}

describe('a picture', () => {
  it.each([
    { data: 'circle', classes: 2, train: 200, validation: 60 },
    { data: 'penguins', classes: 3, train: 200, validation: 60 },
  ])('of $data has a surface, a tile per neuron and the examples of training', async (fields) => {
    const { picture, training } = await pictureOf(fields);
    const { features, train } = training.dataset;
    expect(picture.surface).toHaveLength(picture.size ** 2 * fields.classes);
    expect(picture.surface!.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(picture.tiles.map(({ dead }) => dead.length)).toEqual([6, 5]);
    expect(picture.training.inputs).toHaveLength(picture.training.labels.length * features);
    const sides = Array.from({ length: 2 * train.count }, (_, k) =>
      Math.abs(train.inputs[Math.floor(k / 2) * features + (k % 2)]!),
    );
    expect(picture.extent).toBe(Math.min(3, Math.ceil(Math.max(...sides) * 4) / 4));
    expect(picture.misread).toBe(null);
  });

  it('has what users send once that is something else, and the same examples of it at every step', async () => {
    const points = { data: 'xor', classes: 2, train: 200, validation: 60 };
    const drift = { kind: 'drift', ...undrifted };
    const timeline = [{ at: 2, by: 'drift-inputs', change: { ...drift, shift: 2, steps: 4 } }];
    const still = { at: 0, by: 'drift-inputs', change: { ...drift, steps: 1 } };
    const { picture, training } = await pictureOf({ ...points, timeline });
    await training.advance(3, 3);
    const [before, after] = [picture.production!, (await makePicture(training)).production!];
    expect(after.labels).toHaveLength(80);
    expect(after.labels).toEqual(before.labels);
    // Half of 2 σ has come by step 3, all of it by step 6; the other input stays.
    const moved = Array.from(after.inputs, (value, k) => value - before.inputs[k]!);
    expect(Math.min(...moved.filter((_, k) => k % 2 === 0))).toBeGreaterThan(0.3);
    expect(moved.filter((_, k) => k % 2 === 1)).toEqual(Array(80).fill(0));
    expect((await pictureOf(points)).picture.production).toBe(null);
    expect((await pictureOf({ ...points, timeline: [still] })).picture.production).toBe(null);
    expect((await pictureOf({ ...points, data: 'penguins', classes: 3, timeline })).picture.production).toBe(
      null,
    );
  });

  it('of a table holds the inputs beyond the second at their mean', async () => {
    const { picture, training } = await pictureOf({
      data: 'penguins',
      classes: 3,
      train: 200,
      validation: 60,
    });
    const { size, extent, surface } = picture;
    const [row, column] = [5, 30];
    const x = extent * ((2 * (column + 0.5)) / size - 1);
    const y = extent * (1 - (2 * (row + 0.5)) / size);
    const { outputs } = await training.program.evaluate({ inputs: Float32Array.of(x, y, 0, 0) });
    const at = (row * size + column) * 3;
    outputs.forEach((value, k) => expect(surface![at + k]).toBeCloseTo(value, 6));
  });
});
