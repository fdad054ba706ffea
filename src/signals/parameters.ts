// Parameters of a network by their number: where each lies in memory, in every engine.
import type { NetworkShape } from './series.ts';

export interface ParameterPlace {
  /** 1 = first hidden layer; the output layer is the last. */
  readonly layer: number;
  readonly kind: 'weight' | 'bias' | 'gamma' | 'beta';
  /** Unit of the layer that it belongs to, from 0. */
  readonly unit: number;
  /** Unit of the layer below, or input feature, that a weight comes from; −1 for all other kinds. */
  readonly input: number;
}

/** Number of parameters of a layer's kinds, in order: weights (outputs × inputs), biases, with batch norm gamma and beta. */
interface Block {
  readonly layer: number;
  readonly kind: ParameterPlace['kind'];
  readonly inputs: number;
  readonly size: number;
}

function blocksOf({ features, hidden, outputs }: NetworkShape, batchNorm: boolean): readonly Block[] {
  const widths = [features, ...hidden, outputs];
  return widths.slice(1).flatMap((width, index): Block[] => {
    const [layer, inputs] = [index + 1, widths[index] ?? 0];
    const block = (kind: Block['kind'], size: number): Block => ({ layer, kind, inputs, size });
    const dense = [block('weight', width * inputs), block('bias', width)];
    return batchNorm && index < hidden.length
      ? [...dense, block('gamma', width), block('beta', width)]
      : dense;
  });
}

/** All parameters in the order of memory: layer by layer. */
export function parameterPlaces(shape: NetworkShape, batchNorm: boolean): readonly ParameterPlace[] {
  return blocksOf(shape, batchNorm).flatMap(({ layer, kind, inputs, size }) =>
    Array.from({ length: size }, (_, k): ParameterPlace => {
      if (kind !== 'weight') return { layer, kind, unit: k, input: -1 };
      return { layer, kind, unit: Math.floor(k / inputs), input: k % inputs };
    }),
  );
}
