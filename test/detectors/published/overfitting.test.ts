// The published rules of overfitting, by evaluations.
import { describe, expect, test } from 'vitest';
import { prechelt } from '../../../src/detectors/published/prechelt.ts';
import { sagemakerOverfit } from '../../../src/detectors/published/sagemakerOverfit.ts';
import { smoothedOverfit } from '../../../src/detectors/published/smoothedOverfit.ts';
import { textbookOverfit } from '../../../src/detectors/published/textbookOverfit.ts';
import type { PublishedRule } from '../../../src/detectors/published/rule.ts';
import { alarms, evaluated } from './alarms.ts';

/** The evaluations at which the rule is in alarm, by their number. */
function evaluations(rule: PublishedRule, training: readonly number[], validation: readonly number[]) {
  const rows = alarms(rule, evaluated(training, validation));
  return [...new Set(rows.map((row) => Math.floor(row / 10)))];
}

test('a verdict holds from its evaluation to the next', () => {
  const rows = evaluated([1], [1, 2, 1]);
  expect(alarms(prechelt, rows)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test('without a training loss there is nothing to compare with', () => {
  const rows = evaluated([1], [1, 2, 3, 4]).map(({ validation_loss = NaN, evaluated_at = NaN }) => ({
    validation_loss,
    evaluated_at,
  }));
  for (const rule of [sagemakerOverfit, smoothedOverfit, textbookOverfit])
    expect(alarms(rule, rows)).toEqual([]);
});

describe('SageMaker Debugger', () => {
  test('alarms at the first evaluation that is 10 % above training', () => {
    expect(evaluations(sagemakerOverfit, [1], [1, 1.09, 1.11, 1.09])).toEqual([2]);
  });
});

describe('Prechelt', () => {
  test('alarms where validation loss is 20 % above its lowest', () => {
    expect(evaluations(prechelt, [9], [2, 1, 1.19, 1.21, 1.19, 0.9, 1.09])).toEqual([3, 6]);
  });

  test('forgets a NaN', () => {
    expect(evaluations(prechelt, [9], [1, NaN, 1.1, 1.3])).toEqual([3]);
  });

  test('says nothing of losses that are all 0', () => {
    expect(evaluations(prechelt, [0], [0, 0, 0])).toEqual([]);
  });
});

describe('the smoothed rule', () => {
  test('needs the mean of three evaluations 1.1 times its lowest, three times in a row', () => {
    expect(evaluations(smoothedOverfit, [0.5], [1, 1, 1, 1.2, 1.2, 1.2, 1.2, 1.2])).toEqual([6, 7]);
    expect(evaluations(smoothedOverfit, [0.5], [1, 1, 1, 1.09, 1.09, 1.09, 1.09, 1.09, 1.09])).toEqual([]);
  });

  test('needs a gap of 0.1 to the training loss', () => {
    expect(evaluations(smoothedOverfit, [0.01], [0.01, 0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])).toEqual([]);
  });

  test('is quiet while training loss rises too', () => {
    const rising = [1, 1, 1, 2, 3, 4, 5, 6, 7, 8];
    expect(evaluations(smoothedOverfit, [0, 0, 0, 1, 2, 3, 4, 5, 6, 7], rising)).toEqual([]);
    expect(evaluations(smoothedOverfit, [0.5], rising)).toContain(9);
  });
});

describe('the textbook', () => {
  test('alarms at the third evaluation in a row above 1.3 times training', () => {
    expect(evaluations(textbookOverfit, [1], [1, 1.31, 1.31, 1.31, 1.31, 1.29])).toEqual([3, 4]);
    expect(evaluations(textbookOverfit, [1], [1, 1.31, 1.31, 1.29, 1.31, 1.31])).toEqual([]);
    expect(evaluations(textbookOverfit, [1], Array<number>(9).fill(1.29))).toEqual([]);
  });
});
