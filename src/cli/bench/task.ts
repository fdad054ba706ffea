// What every contender is given for one network and optimizer: the recipe, the initial weights, and the first 100 batches.
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import { fillBatch } from '../../data/batches.ts';
import { inputScale, type Dataset, type FileLoader } from '../../data/dataset.ts';
import { fillInitial } from '../../engine/compiled/initial.ts';
import { parameterRegions, planNetwork, type LayerPlan } from '../../engine/compiled/plan.ts';
import type { CompileRequest } from '../../engine/engine.ts';
import { benchRecipe, type Net, type Optimizer } from './nets.ts';

/** Steps after which every contender shows its loss. */
export const comparedSteps = 100;

export interface Batch {
  /** batch × features, as the network sees them. */
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array;
}

/** Parameters by region, `weights.l` as outputs × inputs. */
export type Parameters = ReadonlyMap<string, Float32Array<ArrayBuffer>>;

export interface Task {
  readonly net: Net;
  readonly optimizer: Optimizer;
  readonly recipe: Recipe;
  readonly request: CompileRequest;
  readonly layers: readonly LayerPlan[];
  readonly features: number;
  readonly classes: number;
  readonly batch: number;
  readonly initial: Parameters;
  /** Of steps 0 to 99; peers train on them in turn. */
  readonly batches: readonly Batch[];
}

function makeBatch(recipe: Recipe, dataset: Dataset, step: number): Batch {
  const settings = settingsAt(settingsPeriods(recipe, 0), step);
  const { train, features } = dataset;
  const scale = inputScale(train);
  const examples = new Uint32Array(recipe.batch);
  const labels = new Uint8Array(recipe.batch);
  fillBatch(recipe, settings, dataset, [], step, examples, labels);
  const inputs = new Float32Array(recipe.batch * features);
  examples.forEach((example, row) => {
    for (let k = 0; k < features; k++) {
      inputs[row * features + k] = (train.inputs[example * features + k] ?? 0) * scale;
    }
  });
  return { inputs, labels };
}

export async function makeTask(net: Net, optimizer: Optimizer, file: FileLoader): Promise<Task> {
  const recipe = benchRecipe(net, optimizer);
  const dataset = await net.load(recipe, file);
  const plan = planNetwork(recipe, settingsAt(settingsPeriods(recipe, 0), 0), dataset);
  const initial = parameterRegions(plan).map((region): [string, Float32Array<ArrayBuffer>] => {
    const values = new Float32Array(region.size);
    fillInitial(recipe, region, region.layer.number <= plan.hiddenLayers, values);
    return [region.name, values];
  });
  return {
    net,
    optimizer,
    recipe,
    request: { recipe, generation: 0, dataset, fromStep: 0 },
    layers: plan.layers,
    features: plan.features,
    classes: plan.classes,
    batch: plan.batch,
    initial: new Map(initial),
    batches: Array.from({ length: comparedSteps }, (_, step) => makeBatch(recipe, dataset, step)),
  };
}

export function region(parameters: Parameters, name: string): Float32Array<ArrayBuffer> {
  const found = parameters.get(name);
  if (!found) throw new Error(`parameters: no ${name}; there are ${[...parameters.keys()].join(', ')}`);
  return found;
}

/** From outputs × inputs, as we store weights, to inputs × outputs, as the peers multiply; and back with the sizes exchanged. */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return result;
}
