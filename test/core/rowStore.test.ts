// A store of rows gives back what it was given, bit for bit, however the rows came and wherever its blocks end.
import { expect, test } from 'vitest';
import { Rows, RowWriter, rowLayout } from '../../src/core/layout.ts';
import { RowStore } from '../../src/core/rowStore.ts';

// More columns than presence bits fit into one word.
const layout = rowLayout(Array.from({ length: 35 }, (_, layer) => ({ signal: 'value', layer })));
const count = 5000;

/** What a column may hold: noise, what comes back, what stays, what is mostly absent, and values that are no numbers. */
function valueAt(step: number, column: number): number | undefined {
  switch (column) {
    case 0:
      return Math.sin(step * 12.9898) * 43758.5453;
    case 1:
      return (step * 7919) % 41;
    case 2:
      return Math.floor(step / 10);
    case 3:
      return step % 1000 === 0 ? step : undefined;
    case 4:
      return [NaN, Infinity, -Infinity, -0, 0][step % 5];
    case 34:
      return step < 2500 ? 1e-45 : undefined;
    default:
      return column % 2 === 0 ? 0.5 : undefined;
  }
}

/** With a hole in the steps, as where rows were overwritten on a device. */
const stepOf = (row: number): number => (row < 3000 ? row : row + 17);

function words(): Uint32Array<ArrayBuffer> {
  const writer = new RowWriter(layout);
  for (let row = 0; row < count; row++) {
    writer.begin(stepOf(row));
    for (let column = 0; column < layout.columns.length; column++) {
      const value = valueAt(stepOf(row), column);
      if (value !== undefined) writer.set(column, value);
    }
  }
  return writer.take();
}

const all = words();

function storeOf(parts: readonly number[]): RowStore {
  const store = new RowStore(layout);
  let row = 0;
  while (row < count) {
    for (const part of parts) store.append(all.subarray(row * layout.width, (row += part) * layout.width));
  }
  return store;
}

/** Compared as bits: NaN equals itself, and −0 is not 0. */
function isSame(words: Uint32Array, others: Uint32Array): boolean {
  return words.length === others.length && words.every((word, at) => word === others[at]);
}

test.each([[[3, 0, 97]], [[5000]], [[4095, 1, 1, 903]]])('rows that come by %j are as they were', (parts) => {
  const store = storeOf(parts);
  expect(store.count).toBe(count);
  expect(isSame(store.words(), all)).toBe(true);
  const part = all.subarray(4090 * layout.width, 4100 * layout.width);
  expect(store.words(4090, 4100)).toEqual(part);
});

test('each value is read as from the rows themselves', () => {
  const [store, rows] = [storeOf([512]), new Rows(layout, all)];
  const differing = Array.from({ length: count }, (_, row) => row).filter(
    (row) =>
      store.step(row) !== rows.step(row) ||
      layout.columns.some((_, column) => !Object.is(store.value(row, column), rows.value(row, column))),
  );
  expect(differing).toEqual([]);
});

test('a step is found, or the first row after it', () => {
  const store = storeOf([512]);
  expect([0, 2999, 3000, 3016, 3017, 1e6].map((step) => store.rowAt(step))).toEqual([
    0,
    2999,
    3000,
    3000,
    3000,
    count,
  ]);
});

test.each([0, 100, 4096, 4999])('cut to %i rows, it goes on with others', (kept) => {
  const store = storeOf([512]);
  store.cutTo(kept);
  expect(store.count).toBe(kept);
  store.append(all);
  expect(isSame(store.words(0, kept), all.subarray(0, kept * layout.width))).toBe(true);
  expect(isSame(store.words(kept), all)).toBe(true);
});
