// Recovery: within 10 % of the twin, and staying there.
import { describe, expect, test } from 'vitest';
import { recovery, type EvaluationSeries } from '../../src/core/recovery.ts';

function series(losses: readonly number[], every = 10): EvaluationSeries {
  return { steps: losses.map((_, index) => index * every), losses };
}

const twin = series(Array<number>(20).fill(1));

function runWith(losses: Readonly<Record<number, number>>, otherwise = 1): EvaluationSeries {
  return series(Array.from({ length: 20 }, (_, index) => losses[index * 10] ?? otherwise));
}

describe('recovery', () => {
  test('is there at once for a run like its twin', () => {
    expect(recovery(twin, twin, 0)).toEqual({ at: 0, seenTo: 190 });
    expect(recovery(twin, twin, 55)).toEqual({ at: 60, seenTo: 190 });
  });

  test('allows 10 % and no more', () => {
    expect(recovery(runWith({}, 1.0999), twin, 0).at).toBe(0);
    expect(recovery(runWith({}, 1.1001), twin, 0).at).toBeUndefined();
  });

  test('counts from the last step that was worse, on the mean of three evaluations', () => {
    expect(recovery(runWith({ 50: 2, 60: 2 }), twin, 0).at).toBe(90);
  });

  test('is judged only from the given step on', () => {
    expect(recovery(runWith({ 50: 2 }), twin, 100).at).toBe(100);
  });

  test('is not there while a loss is NaN or infinite', () => {
    for (const bad of [NaN, Infinity]) {
      expect(recovery(runWith({ 190: bad }), twin, 0)).toEqual({ at: undefined, seenTo: 190 });
      expect(recovery(runWith({ 50: bad }), twin, 0).at).toBe(80);
    }
    expect(recovery(twin, runWith({ 190: NaN }), 0).at).toBeUndefined();
  });

  test('compares only steps that both have evaluated', () => {
    const sparse = series(Array<number>(4).fill(1), 30);
    expect(recovery(runWith({}), sparse, 0)).toEqual({ at: 0, seenTo: 90 });
    expect(recovery(runWith({}), { steps: [5, 15], losses: [1, 1] }, 0)).toEqual({
      at: undefined,
      seenTo: undefined,
    });
  });

  test('has seen nothing of an empty series', () => {
    expect(recovery(series([]), twin, 0)).toEqual({ at: undefined, seenTo: undefined });
  });
});
