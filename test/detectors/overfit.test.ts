// Overfit: validation loss above 1.3 times training loss and 0.1 above it, for three evaluations.
import { describe, expect, test } from 'vitest';
import { overfit } from '../../src/detectors/overfit.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const nextFloat = (value: number) => Math.fround(value) * (1 + 2 ** -23);

/** Constant training loss; one validation loss per evaluation, every ten steps from step 0 on. */
function evaluated(loss: number, validations: readonly number[]): readonly Values[] {
  return repeat(validations.length * 10, (step) => ({
    loss,
    validation_loss: validations[Math.floor(step / 10)]!,
    evaluated_at: step - (step % 10),
  }));
}

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(overfit, rowsOf(rows), overrides));
}

describe('validation loss', () => {
  test('above 1.3 times training loss fires at the third evaluation in a row', () => {
    const above = nextFloat(1.3);
    expect(says(evaluated(1, [1, above, above]))).toEqual([]);
    expect(says(evaluated(1, [1, above, above, above, above]))).toEqual(['firing@30']);
  });

  test('at 1.3 times training loss is quiet, however often', () => {
    expect(says(evaluated(1, Array<number>(20).fill(Math.fround(1.3))))).toEqual([]);
    const overrides = { 'overfit.ratio': 1.25 };
    expect(says(evaluated(1, Array<number>(20).fill(1.25)), overrides)).toEqual([]);
    expect(says(evaluated(1, Array<number>(20).fill(nextFloat(1.25))), overrides)).toEqual(['firing@20']);
  });

  test('no more than 0.1 above training loss is quiet, however many times it is', () => {
    expect(says(evaluated(0.001, Array<number>(20).fill(0.1)))).toEqual([]);
    const overrides = { 'overfit.gap': 0.125 };
    expect(says(evaluated(0.125, Array<number>(20).fill(0.25)), overrides)).toEqual([]);
    expect(says(evaluated(0.125, Array<number>(20).fill(nextFloat(0.25))), overrides)).toEqual(['firing@20']);
  });

  test('must stay there: an evaluation in between starts the three anew', () => {
    expect(says(evaluated(1, [2, 2, 1, 2, 2, 1, 2, 2]))).toEqual([]);
    expect(says(evaluated(1, [2, 2, 1, 2, 2, 2]))).toEqual(['firing@50']);
  });

  test('counts once per evaluation, however many rows repeat it', () => {
    const stale = repeat(200, () => ({ loss: 1, validation_loss: 2, evaluated_at: 0 }));
    expect(says(stale)).toEqual([]);
  });

  test('is over at the first evaluation that is within the limits again, and can fire again', () => {
    expect(says(evaluated(1, [2, 2, 2, 2, 1, 2, 2, 2]))).toEqual(['firing@20', 'resolved@40', 'firing@70']);
  });

  test('is held for as many evaluations as the recipe says', () => {
    expect(says(evaluated(1, [2, 2, 2]), { 'overfit.evaluations': 1 })).toEqual(['firing@0']);
    expect(says(evaluated(1, Array<number>(5).fill(2)), { 'overfit.evaluations': 5 })).toEqual(['firing@40']);
  });

  test('held for 0 evaluations does not come and go on a healthy run', () => {
    expect(says(evaluated(1, [1, 1, 1, 1]), { 'overfit.evaluations': 0 })).toEqual([]);
  });

  test.each([NaN, -Infinity])('of %d is no overfitting', (validation) => {
    expect(says(evaluated(1, Array<number>(10).fill(validation)))).toEqual([]);
  });

  test('is held against the mean of the steps since the last evaluation, not one batch', () => {
    const noisy = repeat(100, (step) => ({
      loss: step % 10 === 0 ? 0.01 : 1,
      validation_loss: 1,
      evaluated_at: step - (step % 10),
    }));
    expect(says(noisy)).toEqual([]);
  });
});

describe('validation loss that has risen from its own best', () => {
  const rising = [0.5, 0.4, 0.4, 0.4, 0.48, 0.48, 0.48, 0.48, 0.48, 0.48, 0.48];

  test('with training loss behind it fires at the fifth evaluation in a row', () => {
    expect(says(evaluated(0.4, rising))).toEqual(['firing@100']);
  });

  test('is quiet where training loss rose as much', () => {
    expect(says(evaluated(0.46, rising))).toEqual([]);
  });

  test('is quiet where it rose by a tenth', () => {
    expect(says(evaluated(0.4, [0.5, 0.4, 0.4, 0.4, ...Array<number>(20).fill(0.44)]))).toEqual([]);
  });

  test('is over when it has come down again', () => {
    expect(says(evaluated(0.4, [...rising, 0.4, 0.4, 0.4]))).toEqual(['firing@100', 'resolved@110']);
  });
});

describe('a finding', () => {
  const [finding] = findingsOf(eventsOf(overfit, rowsOf(evaluated(0.5, [0.5, 0.55, 0.7, 1, 1, 1]))));

  test('began after the last evaluation that was quiet', () => {
    expect(finding).toMatchObject({ onset: 11, at: 40 });
  });

  test('rests on ratio, difference and both losses', () => {
    expect(finding?.evidence).toEqual([
      { signal: 'validation_loss / loss', value: 2, threshold: 1.3 },
      { signal: 'validation_loss − loss', value: 0.5, threshold: 0.1 },
      { signal: 'validation_loss', value: 1, baseline: 0.5 },
    ]);
  });

  test('is told with its numbers', () => {
    expect(overfit.observation(finding!)).toBe(
      'Validation loss is 2.0× training loss (limit 1.3×): 1.0 against 0.50.',
    );
  });

  test('of a rise from its best does not cite a limit that was not passed', () => {
    const [rise] = findingsOf(
      eventsOf(overfit, rowsOf(evaluated(0.25, [0.25, 0.25, 0.25, ...Array<number>(9).fill(0.3125)]))),
    );
    expect(overfit.observation(rise!)).toBe(
      'Validation loss is up by more than 15 % from its best, and above training loss: 0.31 against 0.25.',
    );
  });
});
