// Share of a layer’s tanh or sigmoid outputs within 1 % of their bounds.
import type { Signal } from './signal.ts';

export const saturationRatio = {
  id: 'saturation_ratio',
  metric: 'training.saturation_ratio',
  instrument: 'gauge',
  unit: '1',
  scope: 'layer',
  description: 'Share of a layer’s tanh or sigmoid outputs within 1 % of their bounds.',
  applies: (settings) => settings.activation === 'tanh' || settings.activation === 'sigmoid',
} as const satisfies Signal;
