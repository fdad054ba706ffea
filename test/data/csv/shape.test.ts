// Files as programs write them: whatever stands above the table, beside it or between its lines, its rows are found, or the page says what is wrong.
import { describe, expect, test } from 'vitest';
import { decodeText, readCells } from '../../../src/data/csv/cells.ts';
import { TableDesk } from '../../../src/data/csv/tableDesk.ts';
import type { FromTable } from '../../../src/data/csv/messages.ts';
import { clouds, encoded, survey } from './tables.ts';

function cellsOf(text: string) {
  const cells = readCells(text);
  if (cells.kind === 'unreadable') throw new Error(cells.problem.reason);
  return cells;
}

const names = (text: string) => survey(text).columns.map(({ name }) => name);

describe('what stands between cells', () => {
  test('is taken as Excel’s own first line names it, and lines are counted all the same', () => {
    const cells = cellsOf('sep=;\r\na;b\r\n1;x\r\n2;y');
    expect(cells).toMatchObject({ delimiter: ';', lines: [2, 3, 4], rows: [['a', 'b'], ['1', 'x'], ['2', 'y']] }); // prettier-ignore
  });

  test('is no comma where numbers have a comma and something else parts them evenly', () => {
    expect(cellsOf('0,5;0,25;0,1\n1,5;1,25;1,1').rows).toEqual([
      ['0,5', '0,25', '0,1'],
      ['1,5', '1,25', '1,1'],
    ]);
    expect(cellsOf('4\t1,037\n5\t1,200').delimiter).toBe('\t');
  });

  test.each(['1,2,a|b\n3,4,c|d', '1,a;b\n2,c;d'])('is still the comma in %j', (text) => {
    expect(cellsOf(text).delimiter).toBe(',');
  });

  test('is guessed below comments', () => {
    expect(names('# made by me\n# in May, 2024\na;b\n1;x\n2;y')).toEqual(['a', 'b']);
  });

  test('being spaces is said', () => {
    expect(encoded(`a b kind\n${'1 2 x\n3 4 y\n'.repeat(8)}`).problems).toEqual([
      'It has one column only: its cells are separated by spaces, it seems. Put commas or tabs between them.',
    ]);
  });
});

describe('above the header', () => {
  test('comments are left out, and said', () => {
    const { notes, rows } = cellsOf('# made by me\n# 2 columns, of mine\na,b\n1,x\n#2,y');
    expect(rows).toEqual([['a', 'b'], ['1', 'x'], ['#2', 'y']]); // prettier-ignore
    expect(notes).toEqual(['2 lines above the header left out: “# made by me” ….']);
  });

  test.each(['Sales report,,\n,,\n', 'Sales report\n\n'])('a title (%j) is left out, and said', (title) => {
    const text = `${title}a,b,species\n1,2,x\n3,4,y`;
    expect(names(text)).toEqual(['a', 'b', 'species']);
    expect(cellsOf(text).lines[0]).toBe(3);
    expect(survey(text).notes).toEqual(['1 line above the header left out: “Sales report”.']);
  });

  test.each(['#,name,score\n1,Ann,5\n2,Bob,7', '# x,y\n1,2\n3,4', ',value\na,1\nb,2'])(
    'nothing stands in %j: its first row names columns',
    (text) => expect(cellsOf(text).rows).toHaveLength(3),
  );
});

describe('above a header of several columns', () => {
  const rows = '12:00,5.1,40,fair\n13:00,6.2,41,rain\n14:00,7.3,39,fair\n15:00,7.1,39,fair';

  test('facts of fewer cells are left out, and units below it; both are said', () => {
    const text = `Station:,Berlin,,\nExported:,2023-03-12,,\ntime,temp,hum,state\ns,°C,%,-\n${rows}`;
    expect(names(text)).toEqual(['time', 'temp', 'hum', 'state']);
    expect([survey(text).rows, cellsOf(text).lines.slice(0, 2)]).toEqual([4, [3, 5]]);
    expect(survey(text).notes).toEqual([
      '2 lines above the header left out: “Station:” ….',
      'Line 4 left out: it has units, it seems: “°C”, “%”.',
    ]);
  });

  test('facts are left out where a column has no name, and where years name columns', () => {
    expect(names(`Station:,Berlin,,\n,temp,hum,state\n${rows}`)).toEqual([
      'column 1',
      'temp',
      'hum',
      'state',
    ]);
    expect(names('Source,World Bank,,\nCountry,Code,2019,2020\nChad,TCD,5.1,6\nMali,MLI,2.2,7')[2]).toBe(
      '2019',
    );
  });

  test.each([
    `time,temp,hum,state\n${rows}`,
    `time,temp,,\n${rows}`,
    rows,
    `time,temp,hum,state\n9:00,,,late\n${rows}`,
  ])('nothing stands in %j', (text) =>
    expect(cellsOf(text)).toMatchObject({ rows: { length: text.split('\n').length }, notes: [] }),
  );

  test.each(['kg,m/s,x', '(mass),[speed],', '$,hPa,n'])('%s are units', (units) => {
    const text = `a,b,kind\n${units}\n${'1.5,2,x\n3,4.5,y\n'.repeat(3)}`;
    expect(survey(text).rows).toBe(6);
  });

  test.each(['ERR,ERR,x', 'call us,2,x', 'none,?,x', 'NaN,NaN,x'])('%s is a row', (row) => {
    expect(survey(`a,b,kind\n${row}\n${'1.5,2,x\n3,4.5,y\n'.repeat(3)}`).rows).toBe(7);
  });

  test('that was not found, its line is told where all problems lie on it', () => {
    const text = `a,b,c,d\nx,temp in the shade,hum,y\n${rows}\n${rows}`;
    expect(encoded(text, { roles: ['x', 'n', 'n', 't'] }).problems).toEqual([
      'Line 2: “temp in the shade” is not a number, and neither is 1 more cell of this line alone. It may be the header, or units: leave out the lines above it, or the line itself.',
    ]);
  });
});

describe('the width of a table', () => {
  test('is that of its header where only the rows have a last, empty cell', () => {
    expect(cellsOf('a,b,c\n1,2,x,\n3,4,y,')).toMatchObject({ rows: [['a', 'b', 'c'], ['1', '2', 'x'], ['3', '4', 'y']], notes: [] }); // prettier-ignore
  });

  test('is that of the rows where the header has a name fewer: as R writes it, the first is an index', () => {
    const { columns, roles, notes } = survey(
      `mpg,cyl,kind\n${['Mazda', 'Datsun', 'Hornet', 'Duster'].map((car, k) => `${car},${20.5 + 2 * (k % 2)},${k % 2},${k % 2 ? 'a' : 'b'}`).join('\n')}`,
    );
    expect(columns.map(({ name }) => name)).toEqual(['index', 'mpg', 'cyl', 'kind']);
    expect(roles.join('')).toBe('xnnt');
    expect(notes[0]).toContain('the first column is named “index”');
  });

  test('is the commonest: a first line of another kind loses no row', () => {
    const text = clouds(30).replace('\n', '\nleft,out\n');
    expect(survey(text).rows).toBe(30);
    expect(survey(`5 columns, as of May, 2024, final\n${clouds(30).replace('x,y,side\n', '')}`).rows).toBe(
      30,
    );
  });

  test('that more than half of the rows do not have is a problem', () => {
    const text = ['a,b', ...Array.from({ length: 20 }, (_, k) => ['1,2', '1,2,3', '1,2,3,4'][k % 3])].join(
      '\n',
    );
    expect(encoded(text, { roles: ['n', 't'] }).problems).toEqual([
      'Only 8 of its 21 rows have 2 cells. Is another character between the cells? Choose it, or correct the rows.',
    ]);
  });
});

describe('line ends', () => {
  test('of several kinds in one file are all line ends', () => {
    expect(cellsOf('a,b\r\n1,x\n2,y\r3,z')).toMatchObject({ rows: [['a', 'b'], ['1', 'x'], ['2', 'y'], ['3', 'z']], lines: [1, 2, 3, 4] }); // prettier-ignore
  });

  test('within quotes leave the fingerprint as it is', () => {
    const text = 'a,b\n"one\ntwo",1\nthree,2';
    expect(survey(text.replaceAll('\n', '\r\n')).fingerprint).toBe(survey(text).fingerprint);
  });
});

test('UTF-16 is read in either order of bytes', () => {
  const text = 'é,b\n1,2';
  const marked = `\uFEFF${text}`;
  const codes = Array.from({ length: marked.length }, (_, k) => marked.charCodeAt(k));
  expect(decodeText(Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 255]))).text).toBe(text);
  expect(decodeText(Uint8Array.from(codes.flatMap((code) => [code & 255, code >> 8]))).text).toBe(text);
});

test('a folder, or a file that is gone, is said to be so', async () => {
  const said: FromTable[] = [];
  const source = { size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
  await new TableDesk((message) => said.push(message)).receive({ kind: 'read', source, reading: {} });
  expect(said).toEqual([
    {
      kind: 'unreadable',
      text: 'It could not be opened: it was moved or changed, or is a folder. Choose it again.',
    },
  ]);
});

test.each(['a,b,species', 'a,b,species\n'])('a header alone (%j) is said to have no rows below', (text) => {
  expect(encoded(text, { roles: ['n', 'n', 't'] }).problems).toEqual([
    'It has no rows below the header. Add rows, a row per example.',
  ]);
});
