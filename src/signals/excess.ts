// What the telemetry levels above the core add: the series that nobody should emit, so that their cost can be seen.
import type { Settings } from '../core/settings.ts';
import { parameterPlaces } from './parameters.ts';
import type { NetworkShape } from './series.ts';

/** Attributes of one series. */
export type SeriesAttributes = Readonly<Record<string, string | number>>;

export interface ExcessSignal {
  /** What an engine reads back for it: one number per series, in this order. */
  readonly part: 'layerGradients' | 'activations' | 'parameters' | 'gradients' | 'losses';
  readonly metric: string;
  readonly unit: string;
  readonly description: string;
  readonly levels: readonly Settings['telemetry'][];
  readonly series: (shape: NetworkShape, batchNorm: boolean) => readonly SeriesAttributes[];
}

const layerName = (layer: number): string => `layer_${layer}`;

function numbered(count: number, attribute: string, others: SeriesAttributes = {}): SeriesAttributes[] {
  return Array.from({ length: count }, (_, number) => ({ ...others, [attribute]: number }));
}

function parameterSeries(shape: NetworkShape, batchNorm: boolean): readonly SeriesAttributes[] {
  return parameterPlaces(shape, batchNorm).map(({ layer, kind, unit, input }) => ({
    'layer.name': layerName(layer),
    'parameter.kind': kind,
    'neuron.index': unit,
    ...(kind === 'weight' ? { 'input.index': input } : {}),
  }));
}

export const excessSignals = [
  {
    part: 'layerGradients',
    metric: 'training.layer.gradient_norm',
    unit: '{norm}',
    description: 'L2 norm of a layer’s gradients, before clipping.',
    levels: ['per-layer-gradients', 'per-neuron'],
    series: ({ hidden }) =>
      [...hidden, 0].map((_, index): SeriesAttributes => ({ 'layer.name': layerName(index + 1) })),
  },
  {
    part: 'activations',
    metric: 'training.neuron.activation_mean',
    unit: '{activation}',
    description: 'Mean activation of a hidden neuron over the mini-batch.',
    levels: ['per-neuron', 'per-weight'],
    series: ({ hidden }) =>
      hidden.flatMap((width, index) =>
        numbered(width, 'neuron.index', { 'layer.name': layerName(index + 1) }),
      ),
  },
  {
    part: 'parameters',
    metric: 'training.parameter.value',
    unit: '{parameter}',
    description: 'A weight or bias after the step.',
    levels: ['per-weight'],
    series: parameterSeries,
  },
  {
    part: 'gradients',
    metric: 'training.parameter.gradient',
    unit: '{gradient}',
    description: 'The gradient of a weight or bias, before clipping.',
    levels: ['per-weight'],
    series: parameterSeries,
  },
  {
    part: 'losses',
    metric: 'training.sample.loss',
    unit: '{loss}',
    description: 'Loss of one example of the mini-batch.',
    levels: ['per-weight'],
    series: ({ batch }) => numbered(batch, 'sample.index'),
  },
] as const satisfies readonly ExcessSignal[];

/** Those of a level, in order; none at the core. */
export function excessAt(level: Settings['telemetry']): readonly ExcessSignal[] {
  const all: readonly ExcessSignal[] = excessSignals;
  return all.filter(({ levels }) => levels.includes(level));
}
