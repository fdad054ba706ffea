// Draws weights anew, of dead units or all of them: remedies that work on a checkpoint, so that they are the same in every engine.
import type { Change } from '../core/change.ts';
import type { Recipe } from '../core/recipe.ts';
import { streams, uniform } from '../core/random.ts';
import { deadWindow } from '../signals/index.ts';
import { fillInitial } from './compiled/initial.ts';
import type { ParameterRegion } from './compiled/plan.ts';
import type { Checkpoint } from './engine.ts';

type Regions = Map<string, Float32Array<ArrayBuffer>>;

/**
 * One unit: He's uniform distribution for its weights (half-width √(6 / fan-in)), the recipe's initial bias, batch norm as it begins, and no
 * memory of the past.
 */
function redrawUnit(regions: Regions, recipe: Recipe, layer: number, unit: number, step: number): void {
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
      if (steps >= window) redrawUnit(copies, recipe, index + 1, unit, step);
    });
  });
  return { step, regions: copies };
}

/**
 * The checkpoint with the parameters that a new network of this recipe has at the standard scale, whatever its timeline says, and with no
 * memory of the past.
 */
function initialised({ step, regions }: Checkpoint, recipe: Recipe): Checkpoint {
  const standard: Recipe = { ...recipe, initialScale: 1, timeline: [] };
  const layers = recipe.hidden.length + 1;
  const initial = (name: string, values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> => {
    const [kind = '', layer = ''] = name.split('.');
    const target = new Float32Array(values.length);
    if (!isParameter(kind)) return kind === 'evaluation' ? values : target;
    const number = Number(layer);
    const outputs = regions.get(`biases.${layer}`)?.length ?? 1;
    const inputs = (regions.get(`weights.${layer}`)?.length ?? 0) / outputs;
    const hidden = number < layers;
    const activation = hidden ? recipe.activation : 'linear';
    const plan = { number, inputs, outputs, activation, batchNorm: false };
    fillInitial(standard, { name, kind, layer: plan, size: values.length }, hidden, target);
    return target;
  };
  return { step, regions: new Map([...regions].map(([name, values]) => [name, initial(name, values)])) };
}

function isParameter(kind: string): kind is ParameterRegion['kind'] {
  return ['weights', 'biases', 'gamma', 'beta'].includes(kind);
}

/** The checkpoint that a run opened by this change starts from. */
export function redrawn(checkpoint: Checkpoint, recipe: Recipe, change: Change | undefined): Checkpoint {
  if (change?.kind === 'reinitialise') return reinitialiseDead(checkpoint, recipe);
  return change?.kind === 'initialise' ? initialised(checkpoint, recipe) : checkpoint;
}
