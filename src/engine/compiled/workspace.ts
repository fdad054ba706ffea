// A workspace: the activations of one network over a number of examples; training and evaluation have one each.
import type { Reals, RealsConstructor } from './arena.ts';
import type { LayerPlan, Plan } from './plan.ts';

/** What one layer holds, each examples × outputs. */
export interface LayerSpace {
  readonly layer: LayerPlan;
  /** Input to the activation: after batch normalisation where there is one. */
  readonly preactivation: Reals;
  readonly activation: Reals;
  /** What the layer above reads: the activation itself, or after dropout an array of its own. */
  readonly output: Reals;
  /** What dropout multiplied each activation with: 0 or 1 / (1 − dropout). Empty without it. */
  readonly mask: Reals;
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

/** @param dropout whether the hidden layers have room for it: in training, where the plan has any; evaluation never drops */
export function makeWorkspace(
  plan: Plan,
  capacity: number,
  Reals: RealsConstructor,
  dropout: boolean,
): Workspace {
  return {
    capacity,
    input: new Reals(capacity * plan.features),
    labels: new Uint8Array(capacity),
    layers: plan.layers.map((layer) => {
      const size = capacity * layer.outputs;
      const preactivation = new Reals(size);
      const activation = layer.activation === 'linear' ? preactivation : new Reals(size);
      const drops = dropout && layer.number <= plan.hiddenLayers;
      return {
        layer,
        preactivation,
        activation,
        output: drops ? new Reals(size) : activation,
        mask: new Reals(drops ? size : 0),
        normalised: new Reals(layer.batchNorm ? size : 0),
        inverseDeviation: new Reals(layer.batchNorm ? layer.outputs : 0),
      };
    }),
  };
}

/** What layer `index` (0 = first) reads: the batch, or the output below. */
export function layerInput(workspace: Workspace, index: number): Reals {
  return workspace.layers[index - 1]?.output ?? workspace.input;
}
