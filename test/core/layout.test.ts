// Rows: what is written is read back, absence is a bit, and steps are u32.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowLayout, Rows, RowWriter } from '../../src/core/layout.ts';

const columns = Array.from({ length: 70 }, (_, k) => ({
  signal: `signal_${k % 35}`,
  layer: Math.floor(k / 35),
}));
const layout = rowLayout(columns);

describe('a layout', () => {
  test('has one word for the step, one per 32 columns, one per column', () => {
    expect(layout).toMatchObject({ presenceWords: 3, width: 1 + 3 + 70 });
    expect(rowLayout(columns.slice(0, 32)).presenceWords).toBe(1);
    expect(rowLayout(columns.slice(0, 33)).presenceWords).toBe(2);
  });

  test('finds every column by its signal and layer, and −1 for others', () => {
    columns.forEach(({ signal, layer }, index) => expect(layout.column(signal, layer)).toBe(index));
    expect(layout.column('signal_0', 2)).toBe(-1);
    expect(layout.column('nothing')).toBe(-1);
  });
});

describe('a row', () => {
  test('gives back exactly the columns that were set, beyond 32 too', () => {
    const written = fc.uniqueArray(fc.tuple(fc.nat(69), fc.float()), { selector: ([column]) => column });
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (rows) => {
        const writer = new RowWriter(layout, 1);
        rows.forEach((row, step) => {
          writer.begin(step);
          for (const [column, value] of row) writer.set(column, value);
        });
        const read = new Rows(layout, writer.take());
        expect(read.count).toBe(rows.length);
        rows.forEach((row, step) => {
          const expected = new Map(row);
          for (let column = 0; column < 70; column++) {
            expect(read.has(step, column)).toBe(expected.has(column));
            expect(read.value(step, column)).toBe(expected.get(column));
          }
        });
      }),
    );
  });

  test.each([NaN, Infinity, -Infinity, 0, -0])('carries %d as a value, not as absence', (value) => {
    const writer = new RowWriter(layout);
    writer.begin(0);
    writer.set(40, value);
    const rows = new Rows(layout, writer.take());
    expect(rows.has(0, 40)).toBe(true);
    expect(rows.value(0, 40)).toBe(value);
  });

  test.each([0, 2 ** 24, 2 ** 24 + 1, 2 ** 31 + 1, 2 ** 32 - 1])('carries step %i', (step) => {
    const writer = new RowWriter(layout);
    writer.begin(step);
    expect(new Rows(layout, writer.take()).step(0)).toBe(step);
  });

  test('has nothing in a column that the layout lacks, and setting it does nothing', () => {
    const writer = new RowWriter(layout);
    writer.begin(9);
    writer.set(-1, 5);
    const words = writer.take();
    expect([...words]).toEqual([9, ...Array<number>(layout.width - 1).fill(0)]);
    expect(new Rows(layout, words).value(0, -1)).toBeUndefined();
  });

  test('is read without copying, at any offset of a buffer', () => {
    const writer = new RowWriter(layout);
    for (const step of [1, 2, 3]) {
      writer.begin(step);
      writer.set(69, step / 2);
    }
    const words = writer.take();
    const rows = new Rows(layout, words.subarray(layout.width));
    expect([rows.count, rows.step(0), rows.value(1, 69)]).toEqual([2, 2, 1.5]);
    words[layout.width] = 77;
    expect(rows.step(0)).toBe(77);
  });
});

describe('a writer', () => {
  test('grows: a thousand rows in room for one', () => {
    const writer = new RowWriter(layout, 1);
    for (let step = 0; step < 1000; step++) {
      writer.begin(step);
      writer.set(33, step);
    }
    const rows = new Rows(layout, writer.take());
    expect(rows.count).toBe(1000);
    for (let step = 0; step < 1000; step++) expect(rows.value(step, 33)).toBe(step);
  });

  test('starts anew once taken, without what was there', () => {
    const writer = new RowWriter(layout);
    writer.begin(1);
    writer.set(0, 5);
    const first = writer.take();
    expect(writer.take()).toHaveLength(0);
    writer.begin(2);
    expect(new Rows(layout, writer.take()).value(0, 0)).toBeUndefined();
    expect(new Rows(layout, first).value(0, 0)).toBe(5);
  });
});
