// What is said of one neuron.
import { decimal } from '../../core/wording.ts';
import type { LayerTiles } from '../../worker/protocol.ts';

/** `layer` as in LayerTiles (1 = first), `unit` counted from 0. */
export interface Neuron {
  readonly layer: number;
  readonly unit: number;
}

/** "layer 1, neuron 3, dead": the name of its button. */
export function neuronName({ layer, unit }: Neuron, isDead: boolean): string {
  return `layer ${layer}, neuron ${unit + 1}${isDead ? ', dead' : ''}`;
}

/** One line on a neuron: the range of its input over the training examples, and what follows for its gradient. */
export function neuronSentence(layers: readonly LayerTiles[], { layer, unit }: Neuron): string {
  const tiles = layers.find((other) => other.layer === layer);
  if (tiles === undefined || unit >= tiles.dead.length) return '';
  const [low, high] = [tiles.inputRange[2 * unit] ?? NaN, tiles.inputRange[2 * unit + 1] ?? NaN];
  const name = `Layer ${layer}, neuron ${unit + 1}`;
  if (Number.isNaN(low) || Number.isNaN(high)) return `${name}: its input is NaN, and so is its gradient.`;
  const range = `${name}: input between ${decimal(low)} and ${decimal(high)} on the training examples`;
  const gradient = tiles.gradient?.[unit];
  if (gradient !== undefined) return `${range}; gradient norm ${gradient === 0 ? '0' : decimal(gradient)}.`;
  if (tiles.dead[unit] === 1) return `${range}: gradient 0.`;
  return `${range}.`;
}

/** What the tiles show, before one is chosen. */
export function neuronHint(image: { height: number; width: number } | null, classes: number): string {
  if (image === null)
    return 'Tiles: where the neuron is active; crossed out, it is dead. Press one for its gradient.';
  return `Layer 1: weights on ${image.height} × ${image.width} pixels; deeper: response to ${classes} classes.`;
}
