// Words in cells: which of them say that there is nothing, which are the same, and what is told of it.
import { describe, expect, test } from 'vitest';
import { TableDesk } from '../../../src/data/csv/tableDesk.ts';
import type { FromTable } from '../../../src/data/csv/messages.ts';
import { encoded, survey } from './tables.ts';

/** Sixty rows of the given cells in turn. */
function inTurn(header: string, ...rows: readonly string[]): string {
  return [header, ...Array.from({ length: 60 }, (_, k) => rows[k % rows.length] ?? '')].join('\n');
}

describe('“None”', () => {
  test('is a class among words, and a category', () => {
    const text = inTurn('hours,disorder', '7.8,None', '5.9,Insomnia', '6.4,none', '6.1,Apnea');
    const { table, notes } = encoded(text);
    expect([table?.classes, table?.rows]).toEqual([['Apnea', 'Insomnia', 'None'], 60]);
    expect(notes).toEqual(['disorder: “none” as “None”: they differ by capitals only.']);
    const input = encoded(inTurn('damage,t', 'None,a', 'Minor,b', 'Nil,a'));
    expect(input.table?.inputs).toEqual(['damage = Minor', 'damage = Nil', 'damage = None']);
  });

  test('is missing among numbers, whether they are learned as such or as classes', () => {
    const text = inTurn('a,b,t', '1.5,2,0', 'None,3,1', '2.5,4,None', '1,5,0', '2,2,1', '1,3,1', '4,4,0');
    const { table } = encoded(text, { missing: 'fill' });
    expect([table?.classes, table?.inputs]).toEqual([
      ['0', '1'],
      ['a', 'b'],
    ]);
    expect(survey(text).columns.map(({ missing }) => missing)).toEqual([9, 0, 9]);
  });
});

test('what is written for a missing category is told with its column and its cells', () => {
  const { notes, table } = encoded(inTurn('x,disorder', '7.8,NA', '5.9,Insomnia', '6.4,n.a.', '6.1,Apnea'));
  expect(table?.classes).toEqual(['Apnea', 'Insomnia']);
  expect(notes).toEqual([
    'disorder: “NA” (15 cells), “n.a.” (15 cells) are taken as missing. Where it is a category, write another word.',
    '30 rows left out: the target, disorder, is missing in them.',
  ]);
});

test('of many columns with such a word three are told', () => {
  const { notes } = encoded(inTurn('a,b,c,d,e,t', 'NA,NA,NA,NA,?,x', 'p,q,r,s,u,y', 'o,o,o,o,o,y'), {
    missing: 'fill',
  });
  expect(notes.filter((note) => note.includes('taken as missing'))).toHaveLength(3);
  expect(notes).toContain('So it is in 1 more column.');
});

test.each(['..', 'n.a.', '---', '—', '<NA>'])('“%s” among numbers is missing', (mark) => {
  const text = inTurn('x,t', `${mark},a`, '1.5,b', '2,a', '3,b', '4,a');
  expect(survey(text).columns[0]).toMatchObject({ kind: 'number', missing: 12 });
});

describe('spellings that differ by capitals only', () => {
  test('are one class, and one category, by the commonest', () => {
    const text = inTurn('smoker,t', 'Yes,NO', 'yes,no', 'yes,no', 'No,Yes', 'no,Yes', 'no,yes');
    const { table } = encoded(text, { roles: ['c', 't'] });
    expect([table?.inputs, table?.classes]).toEqual([['smoker = no', 'smoker = yes'], ['no', 'Yes']]); // prettier-ignore
    expect(survey(text).columns.map(({ distinct }) => distinct)).toEqual([2, 2]);
  });

  test('are one input of True and true, and of 1 and 1.0', () => {
    const text = inTurn('a,b,t', 'True,1,x', 'true,1.0,y', 'False,0,x');
    expect(encoded(text, { roles: ['c', 'c', 't'] }).table?.inputs).toEqual(['a = False', 'a = True', 'b = 0', 'b = 1']); // prettier-ignore
  });
});

test('words of 15 kinds are not told to be cut like numbers', () => {
  const rows = Array.from({ length: 15 }, (_, k) => `${k % 4},w${k}`);
  expect(encoded(inTurn('x,t', ...rows), { roles: ['n', 't'] }).problems).toEqual([
    'Column “t”: it has 15 different values; a target has 2 to 10 classes. Choose another target, or give rare ones one name in the file.',
  ]);
});

describe('what is missing', () => {
  const rows = Array.from({ length: 60 }, (_, k) => `${k % 7},${k % 2 ? '' : k % 5},${k % 3 ? k % 4 : ''},${k < 6 ? '' : k * 1.5}`); // prettier-ignore
  const text = ['a,lot,alley,price', ...rows].join('\n');

  test('is filled in at first where leaving rows out costs more than a third of them', () => {
    expect(survey(text).missing).toBe('fill');
    const few = text
      .split('\n')
      .map((row, k) => (k > 10 ? row.replace(',,', ',1,').replace(',,', ',1,') : row));
    expect(survey(few.join('\n')).missing).toBe('leave-out');
  });

  test('is told by the columns that have most of it, and apart from a missing target', () => {
    const told = (missing: 'leave-out' | 'fill') => encoded(text, { missing, regression: true }).notes;
    const target = '6 rows left out: the target, price, is missing in them.';
    expect(told('leave-out')).toEqual([
      target,
      '36 rows left out: a value is missing in lot (27 cells), alley (18).',
    ]);
    expect(told('fill')).toEqual([
      target,
      'A value is missing in 36 rows, in lot (27 cells), alley (18): the mean, or the most frequent category, stands there.',
    ]);
  });

  test('with too many inputs, the widest columns are named', () => {
    const wide = ['street,city,shop,kind,t', ...Array.from({ length: 96 }, (_, k) => `s${k % 48},c${k % 47},w${k % 32},k${k % 3},${k % 2}`)].join('\n'); // prettier-ignore
    expect(encoded(wide, { roles: ['c', 'c', 'c', 'c', 't'] }).problems).toEqual([
      'It makes 130 inputs, each category one of its own, most of street (48), city (47), shop (32); at most 128. Leave columns out.',
    ]);
  });
});

describe('a number far out', () => {
  const of = (odd: number | string) =>
    encoded(['x,t', ...Array.from({ length: 60 }, (_, k) => `${k === 9 ? odd : k % 10},${k % 2 ? 'a' : 'b'}`)].join('\n')).notes; // prettier-ignore

  test('in an input is told with its column', () => {
    expect(of(999_999_999)).toEqual([
      'x: 1 row lies far out: nine in ten are from 0 to 9, the range is 0 to 1000000000. Beside such numbers the others are all alike: where they stand for “missing”, empty the cells.',
    ]);
    expect(of(20)).toEqual([]);
  });

  test('is not told of a column that is nearly all one number', () => {
    const rows = Array.from({ length: 60 }, (_, k) => `${k === 9 ? 50 : 0},${k % 2 ? 'a' : 'b'}`);
    expect(encoded(['x,t', ...rows].join('\n')).notes).toEqual([]);
  });
});

describe('what is no table of separated values is told what it is', () => {
  test.each([
    ['[{"a": 1, "b": 2}, {"a": 2, "b": 3}]', 'It is JSON. Save it as CSV'],
    ['{"a": [1, 2]}', 'It is JSON.'],
    ['<!DOCTYPE html>\n<html><table></table>', 'It is HTML'],
    ['PK\u0003\u0004\u0014\u0000\u0006', 'It is a spreadsheet (.xlsx, .ods)'],
    ['%PDF-1.4', 'It is a PDF.'],
    ['% of flowers\n@RELATION iris\n', 'It is an ARFF file.'],
  ])('%j', async (source, words) => {
    const said: FromTable[] = [];
    await new TableDesk((message) => said.push(message)).receive({ kind: 'read', source, reading: {} });
    expect(said).toEqual([{ kind: 'unreadable', text: expect.stringContaining(words) as string }]);
  });

  test('packed bytes too', async () => {
    const said: FromTable[] = [];
    const source = new Blob([new Uint8Array([0x1f, 0x8b, 8, 0, 0xff, 0xfe])]);
    await new TableDesk((message) => said.push(message)).receive({ kind: 'read', source, reading: {} });
    expect(said).toEqual([{ kind: 'unreadable', text: 'It is packed (.gz). Unpack it first.' }]);
  });
});
