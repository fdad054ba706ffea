// A workspace: the activations of one network over a number of examples; training and evaluation have one each.
import type { Reals, RealsConstructor } from './arena.ts';
import type { LayerPlan, Plan } from './plan.ts';

/** What one layer holds, each examples × outputs. */
export interface LayerSpace {
  readonly layer: LayerPlan;
  /** Input to the activation: after batch normalisation where there is one. */
  readonly preactivation: Reals;
  readonly activation: Reals;
  /** Normalised inputs of batch norm; empty without it. */
  readonly normalised: Reals;
  /** 1 / √(variance + ε) of each unit, as batch norm last used it; empty without it. */
  readonly inverseDeviation: Reals;
}

export interface Workspace {
  readonly capacity: number;
  readonly input: Reals;
  readonly labels: Uint8Array;
  readonly layers: readonly LayerSpace[];
}

export function makeWorkspace(plan: Plan, capacity: number, Reals: RealsConstructor): Workspace {
  return {
    capacity,
    input: new Reals(capacity * plan.features),
    labels: new Uint8Array(capacity),
    layers: plan.layers.map((layer) => {
      const size = capacity * layer.outputs;
      const preactivation = new Reals(size);
      return {
        layer,
        preactivation,
        activation: layer.activation === 'linear' ? preactivation : new Reals(size),
        normalised: new Reals(layer.batchNorm ? size : 0),
        inverseDeviation: new Reals(layer.batchNorm ? layer.outputs : 0),
      };
    }),
  };
}

/** What layer `index` (0 = first) reads: the batch, or the activations below. */
export function layerInput(workspace: Workspace, index: number): Reals {
  return workspace.layers[index - 1]?.activation ?? workspace.input;
}
