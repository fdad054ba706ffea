// Forward through the layers: dense product, batch normalisation, activation, dropout.
import type { Arena, Reals } from '../arena.ts';
import type { Pass } from '../pass.ts';
import type { Plan } from '../plan.ts';
import { productOfRows } from '../product.ts';
import { layerInput, type LayerSpace, type Workspace } from '../workspace.ts';
import { activate } from './activation.ts';
import { normaliseByBatch, normaliseByRunning } from './batchNorm.ts';
import { dropOut } from './dropout.ts';

/** How batch norm takes its statistics: from the batch (training) or from the running averages (evaluation). */
export type Normalisation = 'batch' | 'running';

/** What follows the activation of a layer over the first `count` examples: dropout in training, nothing in evaluation. */
type AfterLayer = (space: LayerSpace) => (count: number) => void;

const nothing: AfterLayer = () => () => undefined;

function layerForward(
  arena: Arena,
  space: LayerSpace,
  input: Reals,
  slope: number,
  normalisation: Normalisation,
  dropOutOf: AfterLayer,
) {
  const { layer, preactivation } = space;
  const weights = arena.region(`weights.${layer.number}`);
  const biases = arena.region(`biases.${layer.number}`);
  const normalise =
    normalisation === 'batch' ? normaliseByBatch(arena, space) : normaliseByRunning(arena, space);
  const squash = activate(space, slope);
  const drop = dropOutOf(space);
  return (count: number): void => {
    productOfRows(input, weights, preactivation, count, layer.outputs, layer.inputs, biases);
    if (layer.batchNorm) normalise(count);
    squash(count);
    drop(count);
  };
}

/** The whole network forward over the first `count` examples of a workspace. */
export function networkForward(
  plan: Plan,
  arena: Arena,
  workspace: Workspace,
  normalisation: Normalisation,
  dropOutOf: AfterLayer = nothing,
): (count: number) => void {
  const layers = workspace.layers.map((space, index) =>
    layerForward(arena, space, layerInput(workspace, index), plan.slope, normalisation, dropOutOf),
  );
  return (count) => {
    for (const forward of layers) forward(count);
  };
}

export const forward: Pass = {
  id: 'forward',
  javascript: (machine) => {
    const { plan, arena, training } = machine;
    const run = networkForward(plan, arena, training, 'batch', (space) => dropOut(machine, space));
    return () => {
      run(plan.batch);
    };
  },
};
