// The published rules of loss spikes, each at its own threshold and window.
import { describe, expect, test } from 'vitest';
import { lightningSpike } from '../../../src/detectors/published/lightningSpike.ts';
import { lossDoubled } from '../../../src/detectors/published/lossDoubled.ts';
import { megatronLargeGradient } from '../../../src/detectors/published/megatronLargeGradient.ts';
import { megatronSpikyLoss } from '../../../src/detectors/published/megatronSpikyLoss.ts';
import { olmoLoss } from '../../../src/detectors/published/olmoLoss.ts';
import { olmoLossOrNorm } from '../../../src/detectors/published/olmoLossOrNorm.ts';
import { sagemakerLossNotDecreasing } from '../../../src/detectors/published/sagemakerLossNotDecreasing.ts';
import { sagemakerLossRise } from '../../../src/detectors/published/sagemakerLossRise.ts';
import { textbookSpike } from '../../../src/detectors/published/textbookSpike.ts';
import { textbookSpikeWarning } from '../../../src/detectors/published/textbookSpikeWarning.ts';
import { wandbZScore } from '../../../src/detectors/published/wandbZScore.ts';
import { winsorisedSpike } from '../../../src/detectors/published/winsorisedSpike.ts';
import type { PublishedRule } from '../../../src/detectors/published/rule.ts';
import { alarms, series, wavering } from './alarms.ts';

const ofLoss = (rule: PublishedRule, losses: readonly number[]) => alarms(rule, series('loss', losses));
const ofNorm = (rule: PublishedRule, norms: readonly number[]) =>
  alarms(rule, series('gradient_norm', norms));
const level = (count: number, value: number) => Array<number>(count).fill(value);

describe('SageMaker Debugger', () => {
  test('compares the loss with that of ten steps ago, at every tenth step, and stays at the verdict', () => {
    const between = [...level(11, 1), ...level(8, 9), ...level(2, 1)];
    expect(ofLoss(sagemakerLossRise, between)).toEqual([]);
    const risen = [...level(20, 1), ...level(20, 2)];
    expect(ofLoss(sagemakerLossRise, risen)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
  });

  test('calls 5 % a rise, and no more than that', () => {
    expect(ofLoss(sagemakerLossRise, [...level(10, 1), 1.049])).toEqual([]);
    expect(ofLoss(sagemakerLossRise, [...level(10, 1), 1.051])).toEqual([10]);
  });

  test('calls a loss that has not fallen in ten steps not decreasing', () => {
    expect(ofLoss(sagemakerLossNotDecreasing, level(11, 1))).toEqual([10]);
    expect(ofLoss(sagemakerLossNotDecreasing, [...level(10, 1), 0.999])).toEqual([]);
    expect(ofLoss(sagemakerLossNotDecreasing, [...level(10, 1), NaN])).toEqual([]);
  });

  test('waits for the next loss where one is missing', () => {
    const rows = series('loss', level(15, 1)).map((row, step) => (step === 10 ? {} : row));
    expect(alarms(sagemakerLossNotDecreasing, rows)).toEqual([11, 12, 13, 14]);
  });
});

describe('Weights & Biases', () => {
  // Of 15 values 1.1 and 15 values 0.9: mean 1, deviation 0.1017.
  test('alarms above 3 standard deviations of the 30 values before, upwards only', () => {
    const before = wavering(30, 1, 0.1);
    expect(ofLoss(wandbZScore, [...before, 1.3])).toEqual([]);
    expect(ofLoss(wandbZScore, [...before, 1.31])).toEqual([30]);
    expect(ofLoss(wandbZScore, [...before, 0])).toEqual([]);
  });

  test('is silent until there are 30, and where nothing varies', () => {
    expect(ofLoss(wandbZScore, [...wavering(29, 1, 0.1), 9])).toEqual([]);
    expect(ofLoss(wandbZScore, level(200, 0.1))).toEqual([]);
  });
});

describe('Lightning', () => {
  test('alarms at three times the mean of ten, and rising', () => {
    expect(ofLoss(lightningSpike, [...level(10, 1), 2.99])).toEqual([]);
    expect(ofLoss(lightningSpike, [...level(10, 1), 3])).toEqual([10]);
    expect(ofLoss(lightningSpike, [1, 3])).toEqual([1]);
    expect(ofLoss(lightningSpike, [3])).toEqual([]);
  });

  test('keeps spikes out of its mean, and takes a loss that is not finite for one', () => {
    expect(ofLoss(lightningSpike, [...level(10, 1), 5, 5, 5, 1, 5])).toEqual([10, 11, 12, 14]);
    expect(ofLoss(lightningSpike, [...level(10, 1), NaN, 1, Infinity, 1])).toEqual([10, 12]);
  });

  test('read plainly: twice the mean of ten', () => {
    expect(ofLoss(lossDoubled, [...level(10, 1), 1.99])).toEqual([]);
    expect(ofLoss(lossDoubled, [...level(10, 1), 2])).toEqual([10]);
    expect(ofLoss(lossDoubled, [...level(9, 1), 9])).toEqual([]);
    expect(ofLoss(lossDoubled, level(100, 0))).toEqual([]);
  });
});

describe('OLMo', () => {
  // Of 64 values 1.1 and 64 values 0.9: mean 1, deviation 0.1004.
  test('skips a step above 6 standard deviations of the 128 before', () => {
    expect(ofLoss(olmoLoss, [...wavering(128, 1, 0.1), 1.6])).toEqual([]);
    expect(ofLoss(olmoLoss, [...wavering(128, 1, 0.1), 1.61])).toEqual([128]);
    expect(ofLoss(olmoLoss, [...wavering(128, 1, 0.1), -5])).toEqual([]);
  });

  test('judges from half of the 128 on', () => {
    expect(ofLoss(olmoLoss, [...wavering(62, 1, 0.1), 9])).toEqual([]);
    expect(ofLoss(olmoLoss, [...wavering(63, 1, 0.1), 9])).toEqual([63]);
    expect(ofLoss(olmoLoss, level(300, 0.1))).toEqual([]);
  });

  test('skips a loss of NaN, and no step after it', () => {
    expect(ofLoss(olmoLoss, [...wavering(100, 1, 0.1), NaN, ...wavering(100, 1, 0.1)])).toEqual([100]);
  });

  test('skips where loss or gradient norm is too large', () => {
    const calm = wavering(100, 1, 0.1).map((value) => ({ loss: value, gradient_norm: value }));
    expect(alarms(olmoLossOrNorm, [...calm, { loss: 1, gradient_norm: 9 }])).toEqual([100]);
    expect(alarms(olmoLossOrNorm, [...calm, { loss: 9, gradient_norm: 1 }])).toEqual([100]);
    expect(alarms(olmoLoss, [...calm, { loss: 1, gradient_norm: 9 }])).toEqual([]);
  });
});

describe('Megatron-LM', () => {
  test('alarms at ten times the largest of the first hundred', () => {
    const losses = [0.1, 2, ...level(98, 0.1)];
    expect(ofLoss(megatronSpikyLoss, [...losses, 19.9])).toEqual([]);
    expect(ofLoss(megatronSpikyLoss, [...losses, 20])).toEqual([100]);
    expect(ofLoss(megatronSpikyLoss, [...level(99, 0.1), 20, 150])).toEqual([]);
    expect(ofNorm(megatronLargeGradient, [...losses, 20])).toEqual([100]);
  });

  test('leaves what is not finite to other checks', () => {
    expect(ofLoss(megatronSpikyLoss, [...level(100, 1), NaN, Infinity])).toEqual([]);
    expect(ofLoss(megatronSpikyLoss, [Infinity, ...level(100, 1), 10])).toEqual([101]);
    expect(ofNorm(megatronLargeGradient, level(300, 0))).toEqual([]);
  });
});

describe('the winsorised rule', () => {
  test('needs two of four losses above 4 standard deviations and 0.1', () => {
    const calm = wavering(128, 1, 0.1);
    expect(ofLoss(winsorisedSpike, [...calm, 9, 1, 1, 1])).toEqual([]);
    expect(ofLoss(winsorisedSpike, [...calm, 9, 1, 1, 9])).toEqual([131]);
    expect(ofLoss(winsorisedSpike, [...calm, 9, 1, 1, 1, 9])).toEqual([]);
    expect(ofLoss(winsorisedSpike, [...calm, 1.39, 1.39])).toEqual([]);
    expect(ofLoss(winsorisedSpike, [...level(128, 1), 1.09, 1.09])).toEqual([]);
    expect(ofLoss(winsorisedSpike, [...level(128, 1), 1.11, 1.11])).toEqual([129]);
  });

  test('clips what enters its window, so that a long spike stays one', () => {
    const found = ofLoss(winsorisedSpike, [...wavering(128, 1, 0.1), ...level(20, 1000)]);
    expect(found).toHaveLength(19);
  });

  test('waits for half of its window', () => {
    expect(ofLoss(winsorisedSpike, [...wavering(60, 1, 0.1), 9, 9])).toEqual([]);
  });
});

describe('the textbook', () => {
  test.each([
    [textbookSpike, 10],
    [textbookSpikeWarning, 5],
  ])('$id compares with the average of the 50 steps before', (rule, factor) => {
    expect(ofNorm(rule, [...level(50, 100), ...level(50, 1), factor * 0.999])).toEqual([]);
    expect(ofNorm(rule, [...level(50, 100), ...level(50, 1), factor])).toEqual([100]);
  });

  test('starts at step 20', () => {
    expect(ofNorm(textbookSpike, [...level(19, 1), 99])).toEqual([]);
    expect(ofNorm(textbookSpike, [...level(20, 1), 99])).toEqual([20]);
    expect(ofNorm(textbookSpike, level(100, 0))).toEqual([]);
  });
});
