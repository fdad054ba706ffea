// The plan of a network: its layers and sizes, worked out once from recipe, settings and data.
import type { Recipe } from '../../core/recipe.ts';
import type { Activation, Settings } from '../../core/settings.ts';
import { labelScale, type Dataset, type LabelScale } from '../../data/dataset.ts';
import { outputUnits } from '../../signals/series.ts';

export interface LayerPlan {
  /** 1 = first hidden layer; the output layer is the last. */
  readonly number: number;
  readonly inputs: number;
  readonly outputs: number;
  /** The output layer is linear; its squashing belongs to the loss. */
  readonly activation: Activation;
  readonly batchNorm: boolean;
}

export interface Plan {
  readonly layers: readonly LayerPlan[];
  readonly hiddenLayers: number;
  readonly features: number;
  readonly classes: number;
  readonly labels: LabelScale;
  /** Output units: one for two classes under sigmoid or squared error, otherwise one per class. */
  readonly outputs: number;
  readonly loss: Recipe['loss'];
  readonly optimizer: Recipe['optimizer'];
  readonly slope: number;
  /** Whether training drops activations of the hidden layers; how many is a setting. */
  readonly dropout: boolean;
  readonly batch: number;
}

export function planNetwork(recipe: Recipe, settings: Settings, dataset: Dataset): Plan {
  const outputs = outputUnits(recipe.loss, dataset.classes);
  const widths = [dataset.features, ...recipe.hidden, outputs];
  const layers = widths.slice(1).map((width, index): LayerPlan => {
    const hidden = index < recipe.hidden.length;
    return {
      number: index + 1,
      inputs: widths[index] ?? 0,
      outputs: width,
      activation: hidden ? settings.activation : 'linear',
      batchNorm: hidden && settings.batchNorm,
    };
  });
  return {
    layers,
    hiddenLayers: recipe.hidden.length,
    features: dataset.features,
    classes: dataset.classes,
    labels: labelScale(dataset),
    outputs,
    loss: recipe.loss,
    optimizer: recipe.optimizer,
    slope: settings.slope,
    dropout: settings.dropout > 0,
    batch: recipe.batch,
  };
}

/** A parameter region: `weights.l` (outputs × inputs), `biases.l`, and with batch norm `gamma.l` and `beta.l`. */
export interface ParameterRegion {
  readonly name: string;
  readonly kind: 'weights' | 'biases' | 'gamma' | 'beta';
  readonly layer: LayerPlan;
  readonly size: number;
}

/** All parameter regions in the order in which they lie in memory: layer by layer. */
export function parameterRegions(plan: Plan): readonly ParameterRegion[] {
  return plan.layers.flatMap((layer) => {
    const region = (kind: ParameterRegion['kind'], size: number): ParameterRegion => ({
      name: `${kind}.${layer.number}`,
      kind,
      layer,
      size,
    });
    const dense = [region('weights', layer.inputs * layer.outputs), region('biases', layer.outputs)];
    if (!layer.batchNorm) return dense;
    return [...dense, region('gamma', layer.outputs), region('beta', layer.outputs)];
  });
}
