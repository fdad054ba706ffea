// What a weight is called.
import { decimal } from '../../core/wording.ts';
import type { ParameterPlace } from '../../signals/parameters.ts';

/** “layer 1, bias of neuron 4”, “layer 2, weight of neuron 4 from neuron 7”; the output layer is called that. */
export function parameterName({ layer, kind, unit, input }: ParameterPlace, layers: number): string {
  const where = layer > layers ? 'output layer' : `layer ${layer}`;
  const whose = layer > layers ? `output ${unit + 1}` : `neuron ${unit + 1}`;
  if (kind !== 'weight') return `${where}, ${kind} of ${whose}`;
  return `${where}, weight of ${whose} from ${layer === 1 ? 'input' : 'neuron'} ${input + 1}`;
}

export function parameterSentence(place: ParameterPlace, layers: number, value: number): string {
  return `${parameterName(place, layers)}: ${decimal(value)}`;
}
