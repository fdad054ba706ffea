// Numbers as spreadsheets write them: whatever the mark of decimals, the unit and the marks between thousands, a column is read rightly, or says how.
import { describe, expect, test } from 'vitest';
import { finiteOf, guessDecimalComma } from '../../../src/data/csv/numbers.ts';
import type { OwnPlan } from '../../../src/data/csv/plan.ts';
import { encoded, survey } from './tables.ts';

/** The numbers of a column as the training thread is handed them. */
function numbersOf(text: string, column: number, changes: Partial<OwnPlan> = {}): readonly number[] {
  const { table: made, problems } = encoded(text, changes);
  expect(problems).toEqual([]);
  const found = made?.columns[column];
  if (found?.kind !== 'number') throw new Error(`column ${column} has no numbers`);
  return Array.from(found.values);
}

/** Enough rows to train on. */
function table(header: string, ...rows: readonly string[]): string {
  const needed = Math.ceil(10 / rows.length);
  return [header, ...Array.from({ length: needed }, () => rows).flat()].join('\n');
}

describe('a number in a cell', () => {
  test.each([
    ['0.123', true, 0.123],
    ['1.234', true, 1234],
    ['1.234,5', true, 1234.5],
    ['1,234.5', false, 1234.5],
    ['1,234,567', false, 1_234_567],
    ['0,123', false, undefined],
    ['1,2', false, undefined],
    ['−5', false, -5],
    ['1\u00a0234,5', true, 1234.5],
    ['-12\u202f345.25', false, -12_345.25],
    ['1,5e-3', true, 0.0015],
  ] as const)('%s, decimal comma %s, is %s', (cell, decimalComma, value) => {
    expect(finiteOf(cell, decimalComma)).toBe(value);
  });
});

describe('the mark of decimals of a column', () => {
  test.each([
    [['0,5', '1,25'], true],
    [['1.234,5'], true],
    [['1.234.567', '5'], true],
    [['1,037', '1,500'], true],
    [['900', '1,037'], false],
    [['900', '0,5'], true],
    [['1,234.5'], false],
    [['1.037', '2.5'], false],
    [['0.120', '0.5'], false],
    [['a,b', 'x'], false],
    [[], false],
  ] as const)('%j: a comma %s', (cells, isComma) => {
    expect(guessDecimalComma(cells)).toBe(isComma);
  });

  test('is its own: points beside columns of commas are read as points', () => {
    const text = table('a;b;c;kind', '0,5;0,25;0.120;x', '1,5;1,25;0.340;y');
    expect(numbersOf(text, 0).slice(0, 2)).toEqual([0.5, 1.5]);
    expect(numbersOf(text, 1).slice(0, 2)).toEqual([0.25, 1.25]);
    expect(numbersOf(text, 2).slice(0, 2)).toEqual([0.12, 0.34]);
    expect(survey(text).decimalComma).toBe(true);
    const points = table('a;b;kind', '0,5;2.5;x', '1,5;1.037;y');
    expect(numbersOf(points, 1).slice(0, 2)).toEqual([2.5, 1.037]);
  });

  test('left open by commas among whole numbers is a point; the page says so, and it can be corrected', () => {
    const text = table('size\tprice\tkind', '3\t900\ty', '4\t1,037\tx');
    expect(survey(text).decimalComma).toBe(false);
    expect(numbersOf(text, 1).slice(0, 2)).toEqual([900, 1037]);
    expect(encoded(text).notes).toEqual([
      'price: the comma in “1,037” is taken to set thousands off: 1037. Where it is a mark of decimals, tick “Decimal comma” below.',
    ]);
    expect(numbersOf(text, 1, { decimalComma: true }).slice(0, 2)).toEqual([900, 1.037]);
  });
});

test('currency, percent, a minus that is no hyphen and hard spaces leave a number a number', () => {
  const text = table(
    'price,share,money,change,big,kind',
    '"1,234.5",45%,-$3,−5,"12\u00a0345",x',
    '"2,000.25",n/a,"$1,200",5,"1\u00a0000",y',
    '17,7 %,$ 4.5,−0.5,900,y',
  );
  expect(survey(text).columns.map(({ kind }) => kind)).toEqual([
    'number',
    'number',
    'number',
    'number',
    'number',
    'category',
  ]);
  const of = (column: number) => numbersOf(text, column, { missing: 'fill' }).slice(0, 3);
  expect([of(0), of(1), of(2), of(3), of(4)]).toEqual([
    [1234.5, 2000.25, 17],
    [45, NaN, 7],
    [-3, 1200, 4.5],
    [-5, 5, -0.5],
    [12_345, 1000, 900],
  ]);
});

test('a sign that some of a column’s numbers lack is no unit', () => {
  const text = table('price,kind', '$3,x', '4,y');
  expect(survey(text).columns[0]?.numeric).toBe(false);
});
