// SageMaker Debugger’s SaturatedActivation, as far as rows can tell.
import { anyLayerAbove } from './layers.ts';
import type { PublishedRule } from './rule.ts';

export const sagemakerSaturatedActivation = {
  id: 'sagemaker-saturated-activation',
  title: 'SageMaker Debugger: half of a layer saturated',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, SaturatedActivation: threshold_layer = 50 % of a layer’s units, each saturated when under threshold_inactivity = 1 % of its inputs lie within ±9.5 (tanh) or −23 to 17 (sigmoid). Rows know of no unit: here the share of all outputs within 1 % of their bounds, which is reached far earlier.',
  pattern: 'saturation',
  signals: ['saturation_ratio'],
  watch: (context) => anyLayerAbove(context, 'saturation_ratio', 0.5),
} as const satisfies PublishedRule;
