// SageMaker Debugger’s DeadRelu, as far as rows can tell.
import { anyLayerAbove } from './layers.ts';
import type { PublishedRule } from './rule.ts';

export const sagemakerDeadRelu = {
  id: 'sagemaker-dead-relu',
  title: 'SageMaker Debugger: half of a layer dead',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, DeadRelu: threshold_layer = 50 % of a layer’s units, each dead below threshold_inactivity = 1 % of activity. Rows know of no unit: here a unit is dead that no example of a whole window has activated, which is rarer than below 1 %.',
  pattern: 'dead-neurons',
  signals: ['dead_neuron_ratio'],
  watch: (context) => anyLayerAbove(context, 'dead_neuron_ratio', 0.5),
} as const satisfies PublishedRule;
