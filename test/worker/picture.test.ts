// Pictures of every kind of data: a surface for all but images, over the first two inputs.
import { describe, expect, it } from 'vitest';
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
