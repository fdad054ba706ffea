// The textbook rule of dead neurons.
import { anyLayerAbove } from './layers.ts';
import type { PublishedRule } from './rule.ts';

export const textbookDead = {
  id: 'textbook-dead',
  title: 'Textbook: over 20 % of a layer dead',
  source: 'The rule of thumb that a layer with a dead_neuron_ratio above 20 % has a problem.',
  pattern: 'dead-neurons',
  signals: ['dead_neuron_ratio'],
  watch: (context) => anyLayerAbove(context, 'dead_neuron_ratio', 0.2),
} as const satisfies PublishedRule;
