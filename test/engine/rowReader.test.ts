// Rows from the ring by replica: those that were overwritten before they were read are counted, never passed on.
import { expect, test } from 'vitest';
import { splitRows } from '../../src/engine/compiled/gpu/rowReader.ts';

/** Two replicas, rows of two words: the step, and ten times the step plus the replica. */
function ringOf(steps: readonly number[]): Uint32Array {
  return Uint32Array.from(steps.flatMap((step) => [step, 10 * step, step, 10 * step + 1]));
}

test('rows step by step become rows replica by replica', () => {
  const { rows, missed } = splitRows(ringOf([5, 6, 7]), 5, 3, 2, 2);
  expect(missed).toBe(0);
  expect(rows.map((own) => [...own])).toEqual([
    [5, 50, 6, 60, 7, 70],
    [5, 51, 6, 61, 7, 71],
  ]);
});

test('overwritten rows are left out for all replicas, and counted', () => {
  const { rows, missed } = splitRows(ringOf([69, 6, 71]), 5, 3, 2, 2);
  expect(missed).toBe(2);
  expect(rows.map((own) => [...own])).toEqual([
    [6, 60],
    [6, 61],
  ]);
});

test('a row that is overwritten for one replica only is a missed one', () => {
  const words = ringOf([5, 6]);
  words[6] = 70;
  const { rows, missed } = splitRows(words, 5, 2, 2, 2);
  expect(missed).toBe(1);
  expect(rows.map((own) => [...own])).toEqual([
    [5, 50],
    [5, 51],
  ]);
});

test('no steps are no rows', () => {
  expect(splitRows(new Uint32Array(), 9, 0, 2, 2)).toEqual({
    rows: [new Uint32Array(), new Uint32Array()],
    missed: 0,
  });
});
