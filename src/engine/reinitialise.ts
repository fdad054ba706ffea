// Draws the incoming weights of dead units anew: a remedy that works on a checkpoint, so that it is the same in every engine.
import type { Recipe } from '../core/recipe.ts';
import { streams, uniform } from '../core/random.ts';
import { deadWindow } from '../signals/index.ts';
import type { Checkpoint } from './engine.ts';

type Regions = Map<string, Float32Array<ArrayBuffer>>;

/**
 * One unit: He's uniform distribution for its weights (half-width √(6 / fan-in)), the recipe's initial bias, batch norm as it begins, and no
 * memory of the past.
 */
function redraw(regions: Regions, recipe: Recipe, layer: number, unit: number, step: number): void {
  const weights = regions.get(`weights.${layer}`);
  const units = regions.get(`quiet.${layer}`)?.length ?? 1;
  if (!weights) return;
  const inputs = weights.length / units;
  const limit = Math.sqrt(6 / inputs);
  for (let k = 0; k < inputs; k++) {
    const draw = uniform(recipe.seed, streams.reinitialise, step, (layer * 512 + unit) * 1024 + k);
    weights[unit * inputs + k] = limit * (2 * draw - 1);
  }
  const one = (name: string, value: number) => regions.get(`${name}.${layer}`)?.fill(value, unit, unit + 1);
  one('biases', recipe.initialBias);
  one('gamma', 1);
  one('beta', 0);
  one('quiet', 0);
  for (const block of ['moment1', 'moment2']) {
    regions.get(`${block}.weights.${layer}`)?.fill(0, unit * inputs, (unit + 1) * inputs);
    for (const kind of ['biases', 'gamma', 'beta']) one(`${block}.${kind}`, 0);
  }
}

/** The checkpoint with every unit that no example has activated for a whole window drawn anew. The given one stays as it is. */
export function reinitialiseDead({ step, regions }: Checkpoint, recipe: Recipe): Checkpoint {
  const copies: Regions = new Map([...regions].map(([name, values]) => [name, values.slice()]));
  const window = deadWindow(recipe.train, recipe.batch);
  recipe.hidden.forEach((_, index) => {
    const quiet = regions.get(`quiet.${index + 1}`);
    quiet?.forEach((steps, unit) => {
      if (steps >= window) redraw(copies, recipe, index + 1, unit, step);
    });
  });
  return { step, regions: copies };
}
