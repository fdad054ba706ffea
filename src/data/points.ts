// Generated points in the plane: one draw function per dataset, the rest shared.
import type { Recipe } from '../core/recipe.ts';
import { normal, streams, uniform } from '../core/random.ts';
import type { Dataset, DatasetPart, Samples } from './dataset.ts';

/** Randomness of one point: uniform and normal draws by number, so that draws never depend on their order. */
export interface PointDraw {
  readonly index: number;
  readonly classes: number;
  readonly noise: number;
  uniform(k: number): number;
  normal(k: number): number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

const features = 2;

function drawPoint(recipe: Recipe, index: number, draw: (random: PointDraw) => Point): Point {
  return draw({
    index,
    classes: recipe.classes,
    noise: recipe.noise,
    uniform: (k) => uniform(recipe.seed, streams.data, index, 1000 + k),
    normal: (k) => normal(recipe.seed, streams.data, index, k),
  });
}

function drawSamples(
  recipe: Recipe,
  from: number,
  count: number,
  draw: (random: PointDraw) => Point,
): Samples {
  const inputs = new Float32Array(count * features);
  const labels = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const point = drawPoint(recipe, from + k, draw);
    inputs[k * features] = point.x;
    inputs[k * features + 1] = point.y;
    labels[k] = point.label;
  }
  return { count, inputs, labels };
}

/** A dataset of independent points: the first `train` of them train, the next `validation` validate, and as many after these are production. */
export function pointsDataset(
  part: Pick<DatasetPart, 'id' | 'title' | 'description' | 'task' | 'classes'>,
  draw: (random: PointDraw) => Point,
): DatasetPart {
  return {
    ...part,
    kind: 'points',
    examples: () => Infinity,
    columns: [],
    load: (recipe) => {
      const dataset: Dataset = {
        id: part.id,
        features,
        classes: recipe.classes,
        train: drawSamples(recipe, 0, recipe.train, draw),
        validation: drawSamples(recipe, recipe.train, recipe.validation, draw),
        production: drawSamples(recipe, recipe.train + recipe.validation, recipe.validation, draw),
        target: null,
        image: null,
      };
      return Promise.resolve(dataset);
    },
  };
}
