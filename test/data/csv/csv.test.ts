// A person's own table: whatever is pasted gives rows or a problem that says where and what to do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, readCells } from '../../../src/data/csv/cells.ts';
import { describeTableProblem, limits, sizeProblem } from '../../../src/data/csv/problem.ts';
import { encode } from '../../../src/data/csv/encode.ts';
import { readPlan, spellPlan } from '../../../src/data/csv/plan.ts';
import { surveyOf } from '../../../src/data/csv/survey.ts';
import { TableDesk } from '../../../src/data/csv/tableDesk.ts';
import type { FromTable } from '../../../src/data/csv/messages.ts';
import { poolLabel } from '../../../src/data/batches.ts';
import { loadDataset, parseRecipe } from '../../../src/data/index.ts';
import { prepared } from '../load.ts';
import { clouds, encoded, planOf, survey, troubleOf } from './tables.ts';

const birds = [
  'species,length,island,height,height,weight',
  ...Array.from(
    { length: 12 },
    (_, k) =>
      `${k % 2 ? 'Adelie' : 'Gentoo'},${38 + k},${k % 3 ? 'Biscoe' : 'Dream'},${k / 10},${k * 2},${3000 + 50 * k}`,
  ),
];

describe('a text', () => {
  test.each(['', '  \n \r\n', '\uFEFF'])('that is empty (%j) is refused in words', (text) => {
    expect(troubleOf(text)).toContain('It is empty');
  });

  test('of one column names what is missing', () => {
    expect(encoded(`a\n${'1\n2\n'.repeat(8)}`).problems[0]).toMatch(/one column only/);
  });

  test('whose target has one class says which', () => {
    const { problems } = encoded(`x,label\n${'1,same\n2,same\n'.repeat(8)}`, { roles: ['n', 't'] });
    expect(problems).toEqual([
      'Column “label”: every usable row has the same class, “same”. Choose another target.',
    ]);
  });

  test('has quotes, commas and line ends within them, and counts lines all the same', () => {
    const cells = readCells('name,x\r\n"Smith, ""Jo""\r\nsecond line",1\r\nplain,2\r\n');
    if (cells.kind !== 'cells') throw new Error('unreadable');
    expect(cells.rows).toEqual([
      ['name', 'x'],
      ['Smith, "Jo"\nsecond line', '1'],
      ['plain', '2'],
    ]);
    expect(cells.lines).toEqual([1, 2, 4]);
  });

  test('with a byte order mark, in UTF-16, or with old accents is read; the last is said', () => {
    expect(survey('\uFEFFa,b\n1,x\n2,y').columns.map(({ name }) => name)).toEqual(['a', 'b']);
    const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([0x61, 0x2c, 0x62]).buffer)]);
    expect(decodeText(wide).text).toContain('a,b');
    const { text, notes } = decodeText(new Uint8Array([0x63, 0x61, 0x66, 0xe9]));
    expect(text).toBe('café');
    expect(notes[0]).toContain('Windows-1252');
  });

  test('of one line of 10 MB is refused by its line', () => {
    expect(troubleOf(`a,b\n${'1,'.repeat(5_000_000)}`)).toMatch(
      /^Line 2: it has more than 1,000,000 characters/,
    );
  });

  test('of 100 MB is refused before it is read, with the limit', async () => {
    const said: FromTable[] = [];
    const source = {
      size: 100_000_000,
      arrayBuffer: () => Promise.reject(new Error('read')),
    } as unknown as Blob;
    await new TableDesk((message) => said.push(message)).receive({ kind: 'read', source, reading: {} });
    expect(said).toEqual([
      {
        kind: 'unreadable',
        text: 'The file has 100 MB; at most 50 MB are read. Keep fewer rows or columns.',
      },
    ]);
    expect(sizeProblem(limits.fileBytes)).toBeUndefined();
  });

  test('with a quote left open, too many columns or a cell without end names the line', () => {
    expect(troubleOf('a,b\n1,2\n3,"4\n5,6')).toMatch(/^Line 3: a quote is opened and never closed/);
    expect(troubleOf(`a\n${'1,'.repeat(300)}`)).toMatch(/^Line 2: it has 301 cells; at most 256/);
    expect(troubleOf(`a,b\n1,${'x'.repeat(20_000)}`)).toMatch(/^Line 2: .* has 20,000 characters/);
  });

  test('with rows of another width leaves them out and says so', () => {
    expect(survey('a,b\n1,2\n3\n4,5').notes).toEqual([
      '1 row left out: line 3 has 1 cell where most rows have 2.',
    ]);
  });
});

describe('columns', () => {
  test('are guessed: numbers, categories, ids, a target; duplicate headers are told apart', () => {
    const { columns, roles } = survey(birds.join('\n'));
    expect(columns.map(({ name }) => name)).toEqual([
      'species',
      'length',
      'island',
      'height',
      'height (2)',
      'weight',
    ]);
    expect(columns.map(({ kind }) => kind)).toEqual([
      'category',
      'number',
      'category',
      'number',
      'number',
      'number',
    ]);
    expect(roles.join('')).toBe('tncnnn');
  });

  test('with semicolons and decimal commas are numbers', () => {
    const german = `x;y;klasse\n${Array.from({ length: 12 }, (_, k) => `1.00${k % 10},5;0,${k}7;${k % 2 ? 'a' : 'b'}`).join('\r\n')}`;
    const found = survey(german);
    expect([found.delimiter, found.decimalComma]).toEqual([';', true]);
    const [x] = encoded(german).table!.columns;
    expect(x?.kind === 'number' && Array.from(x.values.slice(0, 2))).toEqual([1000.5, 1001.5]);
  });

  test('without a header are numbered', () => {
    const { header, columns, rows } = survey('1\t2\ta\n3\t4\tb\n5\t7\ta');
    expect([header, rows, columns.map(({ name }) => name)]).toEqual([
      false,
      3,
      ['column 1', 'column 2', 'column 3'],
    ]);
  });

  test('of numbers with text among them name line, column and value, until text counts as missing', () => {
    const lines = clouds(40).split('\n');
    lines[17] = 'tall,1,left';
    const { problems, table } = encoded(lines.join('\n'));
    expect(table).toBeUndefined();
    expect(problems[0]).toMatch(/^Line 18, column “x”: “tall” is not a number\. Correct the cell/);
    expect(encoded(lines.join('\n'), { textIsMissing: true }).table?.rows).toBe(39);
  });

  test('with NaN and infinity say so, and three ways with what is missing differ', () => {
    const lines = clouds(40).split('\n');
    lines[3] = 'NaN,1,left';
    lines[4] = ',inf,right';
    const text = lines.join('\n');
    const out = encoded(text);
    expect(out.table?.rows).toBe(38);
    expect(out.notes).toEqual(expect.arrayContaining(['x: 1 cell with NaN or infinity, taken as missing.']));
    expect(encoded(text, { missing: 'fill' }).table?.inputs).toEqual(['x', 'y']);
    expect(encoded(text, { missing: 'category' }).table?.inputs).toEqual([
      'x',
      'x missing',
      'y',
      'y missing',
    ]);
  });

  test('of a target of many numbers are cut into classes of equal size', () => {
    const text = `x,price\n${Array.from({ length: 80 }, (_, k) => `${k % 9},${k * 1.5}`).join('\n')}`;
    const { table } = encoded(text, { roles: ['n', 't'], bins: 4 });
    expect(table?.classes).toEqual(['≤ 28.5', '28.5 to 58.5', '58.5 to 88.5', '> 88.5']);
    expect(table?.labels.filter((label) => label === 0)).toHaveLength(20);
    expect(encoded(text, { roles: ['n', 't'] }).problems[0]).toContain('80 different values');
  });

  test('of a target of many numbers are learned as numbers: its range in 255 steps, halves as classes', () => {
    const text = `x,price\n${Array.from({ length: 80 }, (_, k) => `${k % 9},${k * 1.5 - 20}`).join('\n')}`;
    const { table, notes } = encoded(text, { roles: ['n', 't'], regression: true });
    expect(table?.range).toEqual({ name: 'price', low: -20, high: 98.5 });
    expect([table?.labels[0], table?.labels[79], table?.labels[40]]).toEqual([0, 255, 129]);
    expect([table?.classes, notes]).toEqual([['< 39.25', '≥ 39.25'], []]);
    expect(table?.plan).toMatch(/:nt:numbers$/);
    expect(readPlan(table?.plan ?? '')?.regression).toBe(true);
  });

  test('of a target far out, or all the same, say so', () => {
    const rows = Array.from({ length: 80 }, (_, k) => `${k % 9},${k === 7 ? 90_000 : k}`);
    const { notes } = encoded(`x,price\n${rows.join('\n')}`, { roles: ['n', 't'], regression: true });
    expect(notes[0]).toMatch(/^1 row lies far out: nine in ten are from 4 to 76, the range is 0 to 90000\./);
    const same = encoded(`x,price\n${'1,5\n2,5\n'.repeat(8)}`, { roles: ['n', 't'], regression: true });
    expect(same.problems).toEqual(['Column “price”: its numbers are all the same. Choose another target.']);
  });

  test('that make too many inputs, or have no value, are named', () => {
    const wide = `c,x,t\n${Array.from({ length: 80 }, (_, k) => `w${k % 60},,${k % 2}`).join('\n')}`;
    const { problems } = encoded(wide, { roles: ['c', 'n', 't'], missing: 'fill' });
    expect(problems).toEqual([
      'Column “c”: it has 60 categories; at most 50. Leave it out.',
      'Column “x”: it has no value in any usable row. Leave it out.',
    ]);
  });
});

describe('a plan', () => {
  test('is spelt as one word of a recipe and read again', () => {
    const plan = planOf(survey(clouds()), {
      missing: 'category',
      decimalComma: true,
      delimiter: '\t',
      bins: 3,
      rows: 60,
      inputs: 2,
    });
    expect(readPlan(spellPlan(plan))).toEqual(plan);
    expect(readPlan('0123:x')).toBeUndefined();
  });

  test('names the same cells alike, whatever line ends and quotes they had', () => {
    const other = `\uFEFF${clouds().replaceAll('\n', '\r\n').replaceAll('left', '"left"')}`;
    expect(survey(other).fingerprint).toBe(survey(clouds()).fingerprint);
    expect(survey(clouds(61)).fingerprint).not.toBe(survey(clouds()).fingerprint);
  });
});

describe('the dataset of a table', () => {
  const table = encoded(clouds()).table!;
  const recipe = parseRecipe({ data: 'own', own: table.plan, train: 36, validation: 12 });

  test('is split by the seed and standardised by its training set; production shares no row', async () => {
    const { train, validation, production, features, classes } = await loadDataset(recipe, {
      ...prepared,
      own: table,
    });
    expect([features, classes, train.count, validation.count, production.count]).toEqual([2, 2, 36, 12, 12]);
    const mean =
      Float32Array.from(train.inputs)
        .filter((_, k) => k % 2 === 0)
        .reduce((sum, value) => sum + value, 0) / 36;
    expect(mean).toBeCloseTo(0, 6);
    expect(validation.inputs).not.toEqual(production.inputs);
  });

  test('has an input per category, 1 where it is the row’s own', async () => {
    const own = encoded(birds.join('\n'), { roles: ['t', 'x', 'c', 'x', 'x', 'x'] }).table!;
    expect(own.inputs).toEqual(['island = Biscoe', 'island = Dream']);
    const dataset = await loadDataset(parseRecipe({ data: 'own', own: own.plan, train: 8, validation: 2 }), {
      ...prepared,
      own,
    });
    for (let k = 0; k < 8; k++)
      expect([...dataset.train.inputs.slice(2 * k, 2 * k + 2)].sort()).toEqual([0, 1]);
  });

  test('is refused where it is another table, has other classes, or too few rows', async () => {
    const load = (fields: object, own = table) =>
      loadDataset(parseRecipe({ ...recipe, ...fields }), { ...prepared, own });
    await expect(load({ own: table.plan.replace('60x2', '61x2') })).rejects.toThrow(
      'load its file under “Own data”',
    );
    await expect(load({ classes: 3 })).rejects.toThrow('birds.csv has 2');
    expect(() => load({ train: 100 })).toThrow('own has 60 examples');
    await expect(loadDataset(recipe, prepared)).rejects.toThrow('own');
  });

  test('with a number as target has its range, and takes squared error alone', async () => {
    const text = `x,y\n${Array.from({ length: 60 }, (_, k) => `${k},${3 * k + 5}`).join('\n')}`;
    const own = encoded(text, { roles: ['n', 't'], regression: true }).table!;
    const words = { data: 'own', own: own.plan, train: 36, validation: 12 };
    expect(() => parseRecipe(words)).toThrow('the loss must be squared-error');
    const number = parseRecipe({ ...words, loss: 'squared-error' });
    const dataset = await loadDataset(number, { ...prepared, own });
    expect([dataset.classes, dataset.target]).toEqual([2, { name: 'y', low: 5, high: 182 }]);
    const labels = (mislabelled: number) =>
      Array.from({ length: 36 }, (_, place) => poolLabel(number, { ...number, mislabelled }, dataset, place));
    const [as, drawnAnew] = [labels(0), labels(36)];
    expect(as).toEqual([...dataset.train.labels]);
    expect(as.filter((label, k) => label === drawnAnew[k])).toEqual([]);
    expect(Math.max(...drawnAnew) - Math.min(...drawnAnew)).toBeGreaterThan(128);
  });

  test('is named by a recipe on own data alone', () => {
    expect(() => parseRecipe({ data: 'own' })).toThrow('choose one under “Own data”');
    expect(() => parseRecipe({ data: 'own', own: 'nonsense' })).toThrow('as the page writes it');
    expect(parseRecipe({ data: 'circle', own: table.plan }).own).toBe('none');
  });
});

const cell = fc.oneof(
  fc.constantFrom(
    '1',
    '2.5',
    '-3e4',
    'NaN',
    'inf',
    '',
    '"',
    '""',
    'a"b',
    'x,y',
    '\r',
    ';',
    '\t',
    'red',
    'blue',
    '1,5',
    '\u0000',
    '💥',
  ),
  fc.string({ maxLength: 6 }),
  fc.double().map(String),
);
const texts = fc
  .array(fc.array(cell, { maxLength: 5 }), { maxLength: 14 })
  .chain((rows) =>
    fc
      .constantFrom(',', ';', '\t', '|')
      .chain((mark) =>
        fc.constantFrom('\n', '\r\n', '\r').map((end) => rows.map((row) => row.join(mark)).join(end)),
      ),
  );

test(
  'any text gives rows or a problem in words, and any choice of columns a table or problems',
  { timeout: 30_000 },
  () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.constantFrom('n', 'c', 't', 'x'), { minLength: 5, maxLength: 5 }),
        fc.nat(10),
        (text, some, bins) => {
          const cells = readCells(text);
          if (cells.kind === 'unreadable') {
            expect(describeTableProblem(cells.problem)).toMatch(/\.$|\?$/);
            return;
          }
          const found = surveyOf(cells);
          expect(new Set(found.columns.map(({ name }) => name)).size).toBe(found.columns.length);
          const plans = [
            planOf(found),
            planOf(found, {
              roles: some.slice(0, found.roles.length),
              bins,
              missing: 'category',
              textIsMissing: true,
            }),
          ];
          for (const plan of plans) {
            const { table, problems } = encode(cells, plan, 'any');
            expect(table === undefined).toBe(problems.length > 0);
            for (const problem of problems) expect(describeTableProblem(problem)).not.toBe('');
          }
        },
      ),
      { numRuns: 400 },
    );
  },
);
