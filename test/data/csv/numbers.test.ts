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
    ['6 501,69', true, 6501.69],
    ["7'654.46", false, 7654.46],
    ['1’234’567', true, 1_234_567],
    ['7,77,516', false, 777_516],
    ['12 34', false, undefined],
    ["1 234'567", false, undefined],
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
    const text = table('size\tcost\tkind', '3\t900\ty', '4\t1,037\tx');
    expect(survey(text).decimalComma).toBe(false);
    expect(numbersOf(text, 1).slice(0, 2)).toEqual([900, 1037]);
    expect(encoded(text).notes).toEqual([
      'cost: the comma in “1,037” is taken to set thousands off: 1037. Where it is a mark of decimals, tick “Decimal comma” below.',
    ]);
    expect(numbersOf(text, 1, { decimalComma: true }).slice(0, 2)).toEqual([900, 1.037]);
  });
});

test('currency, percent, a minus that is no hyphen and hard spaces leave a number a number', () => {
  const text = table(
    'cost,share,money,change,big,kind',
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

test.each([
  ['a space between thousands', ['6 501,69', '12,50', '900'], [6501.69, 12.5, 900]],
  ['an apostrophe between thousands', ["7'654.46", '12.50', "1'000"], [7654.46, 12.5, 1000]],
  ['a unit behind', ['58.1 kg', '60 kg', '71.25kg'], [58.1, 60, 71.25]],
  ['a unit in one and in several', ['1 year', '2 years', '10 years'], [1, 2, 10]],
  ['a currency behind', ['1.200,00 EUR', '12,50 EUR', '900 EUR'], [1200, 12.5, 900]],
  ['a currency in front', ['EUR 1,200.50', 'EUR 12.5', 'EUR -9'], [1200.5, 12.5, -9]],
  ['brackets about what is owed', ['(1,200.50)', '12.5', '($9)'], [-1200.5, 12.5, -9]],
  ['a minus behind', ['12,50-', '9,25', '1.200,00-'], [-12.5, 9.25, -1200]],
  ['a bare 0 among percents', ['5%', '12%', '0'], [5, 12, 0]],
] as const)('%s leaves a number a number', (_, cells, values) => {
  const columns = cells.map((cell, k) => `${cell.replace('($9)', '(9)')}\t${k % 2 ? 'x' : 'y'}`);
  expect(numbersOf(table('betrag\tkind', ...columns), 0).slice(0, 3)).toEqual(values);
});

test('words among numbers with a unit leave them their unit', () => {
  const text = table('fee,kind', '$100,x', '$103,y', 'call us,x', '$106,y', '$110,x', '$112,y');
  expect(survey(text).columns[0]?.kind).toBe('number');
  expect(numbersOf(text, 0, { textIsMissing: true, missing: 'fill' }).slice(0, 3)).toEqual([100, 103, NaN]);
});

test('cells that begin with numbers and are words all the same are told', () => {
  const rows = Array.from(
    { length: 30 },
    (_, k) => `${k + 1} ${k % 2 ? 'kg' : 'lb'},${k % 4},${k % 2 ? 'a' : 'b'}`,
  );
  expect(encoded(['betrag,x,kind', ...rows].join('\n')).notes).toEqual([
    'betrag: its cells begin with numbers but are read as text (“1 lb”). Remove what is no number, or write one unit throughout, and it can be an input.',
  ]);
});

test.each([
  ['dates', '2023-03-'],
  ['German dates', '1.3.20'],
  ['telephones', '+49 170 6183'],
  ['ranges', '3-'],
])('%s begin with numbers, and nobody is told to make numbers of them', (_, beginning) => {
  const rows = Array.from({ length: 30 }, (_, k) => `${beginning}${10 + k},${k % 4},${k % 2 ? 'a' : 'b'}`);
  expect(encoded(['day,x,kind', ...rows].join('\n')).notes).toEqual([]);
});
