// The published rules that hold one signal against one limit: layers, gradients, numbers, inputs.
import { describe, expect, test } from 'vitest';
import { deepcheckerDead } from '../../../src/detectors/published/deepcheckerDead.ts';
import { klBatch } from '../../../src/detectors/published/klBatch.ts';
import { klWindow } from '../../../src/detectors/published/klWindow.ts';
import { sagemakerDeadRelu } from '../../../src/detectors/published/sagemakerDeadRelu.ts';
import { sagemakerExplodingTensor } from '../../../src/detectors/published/sagemakerExplodingTensor.ts';
import { sagemakerSaturatedActivation } from '../../../src/detectors/published/sagemakerSaturatedActivation.ts';
import { sagemakerVanishingGradient } from '../../../src/detectors/published/sagemakerVanishingGradient.ts';
import { sagemakerWeightUpdateRatio } from '../../../src/detectors/published/sagemakerWeightUpdateRatio.ts';
import { textbookDead } from '../../../src/detectors/published/textbookDead.ts';
import type { PublishedRule } from '../../../src/detectors/published/rule.ts';
import { alarms, series } from './alarms.ts';

const nextFloat = (value: number) => Math.fround(value) * (1 + 2 ** -23);

test.each<[PublishedRule, string, number]>([
  [textbookDead, 'dead_neuron_ratio.1', 0.2],
  [textbookDead, 'dead_neuron_ratio.2', 0.2],
  [sagemakerDeadRelu, 'dead_neuron_ratio.2', 0.5],
  [sagemakerSaturatedActivation, 'saturation_ratio.2', 0.5],
  [sagemakerWeightUpdateRatio, 'update_ratio', 10],
  [klBatch, 'input_kl_batch', 0.1],
  [klWindow, 'input_kl_divergence', 0.1],
])('$id alarms at rows in which %s is above its limit of %d, and at no other', (rule, signal, limit) => {
  expect(alarms(rule, series(signal, [0, limit, nextFloat(limit), NaN, limit, Infinity]))).toEqual([2, 5]);
});

test('TheDeepChecker looks at every tenth step from the tenth on, and stays at what it saw', () => {
  const ratios = Array.from({ length: 40 }, (_, step) => (step < 5 || (step > 12 && step < 25) ? 1 : 0.5));
  expect(alarms(deepcheckerDead, series('dead_neuron_ratio.2', ratios))).toEqual([
    20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
  ]);
});

describe('SageMaker Debugger, vanishing gradient', () => {
  test('alarms at a gradient norm below 1e-7', () => {
    const norms = [1, 1.01e-7, 0.99e-7, 0, NaN];
    expect(alarms(sagemakerVanishingGradient, series('gradient_norm', norms))).toEqual([2, 3]);
  });

  test('or where what reaches the first layer is below it', () => {
    const rows = [1e-6, 1e-8, NaN].map((ratio) => ({ gradient_norm: 1, gradient_norm_ratio: ratio }));
    expect(alarms(sagemakerVanishingGradient, rows)).toEqual([1]);
  });
});

test.each(['nonfinite_loss', 'nonfinite_gradient', 'nonfinite_weight'])(
  'SageMaker Debugger, exploding tensor: alarms at any count in %s',
  (signal) => {
    expect(alarms(sagemakerExplodingTensor, series(signal, [0, 1, 0, 3]))).toEqual([1, 3]);
  },
);
