// Share of a ReLU layer’s units that no example has activated for a whole window of batches.
import type { Signal } from './signal.ts';

export const deadNeuronRatio = {
  id: 'dead_neuron_ratio',
  metric: 'training.dead_neuron_ratio',
  instrument: 'gauge',
  unit: '1',
  scope: 'layer',
  description: 'Share of a ReLU layer’s units that no example has activated for a whole window of batches.',
  applies: (settings) => settings.activation === 'relu',
} as const satisfies Signal;
