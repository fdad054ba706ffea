// What a column is taken for, what its classes are, and what a network is handed of its numbers.
import { describe, expect, test } from 'vitest';
import { ownStory } from '../../../src/app/state/ownStart.ts';
import { readCells } from '../../../src/data/csv/cells.ts';
import { untrainedClasses } from '../../../src/data/csv/split.ts';
import { surveyOf } from '../../../src/data/csv/survey.ts';
import { loadDataset, parseRecipe } from '../../../src/data/index.ts';
import { prepared } from '../load.ts';
import { encoded, survey } from './tables.ts';

const kinds = (text: string) => survey(text).columns.map(({ kind }) => kind);
const shuffled = Array.from({ length: 40 }, (_, k) => (k * 7) % 40);

describe('an id', () => {
  test('is whole numbers or text: decimals named like one are numbers', () => {
    const rows = shuffled.map((k) => `${k / 8 + 0.01},${k},u${k},${k % 2 ? 'a' : 'b'}`);
    const text = `stress_index,row_index,user_id,kind\n${rows.join('\n')}`;
    expect(kinds(text)).toEqual(['number', 'id', 'id', 'category']);
    expect(survey(text).columns.map(({ numeric }) => numeric)).toEqual([true, true, false, false]);
    const german = text.replaceAll(',', ';').replaceAll('.', ',');
    expect(kinds(german)[0]).toBe('number');
  });

  test('is what pandas writes under an empty heading, in whatever order', () => {
    const rows = shuffled.map((k) => `${k},${k % 5},${k % 2 ? 'a' : 'b'}`);
    expect(survey(`,x,kind\n${rows.join('\n')}`).roles.join('')).toBe('xnt');
  });
});

test('numbers over numbers can be made names by hand', () => {
  const cells = readCells(`7,3\n${'0.5,0.7\n0.6,0.8\n'.repeat(6)}`);
  if (cells.kind === 'unreadable') throw new Error('unreadable');
  expect(surveyOf(cells, { header: true }).columns.map(({ name }) => name)).toEqual(['7', '3']);
});

describe('classes', () => {
  const of = (values: readonly string[]) =>
    encoded(
      `x,t\n${Array.from({ length: 20 }, (_, k) => `${k / 2},${values[k % values.length]}`).join('\n')}`,
      {
        roles: ['n', 't'],
      },
    ).table;

  test.each([
    [
      ['0', '0.0', '1', '1.0'],
      ['0', '1'],
      [0, 0, 1, 1],
    ],
    [
      ['True', 'false', 'true', 'False'],
      ['false', 'True'],
      [1, 0, 1, 0],
    ],
    [
      ['0.0', '1.0'],
      ['0.0', '1.0'],
      [0, 1],
    ],
    [
      ['01', '1', '0.5', '0.50'],
      ['0.5', '01', '1'],
      [1, 2, 0, 0],
    ],
  ] as const)('%j are %j', (values, classes, labels) => {
    const table = of(values);
    expect(table?.classes).toEqual(classes);
    expect([...(table?.labels.slice(0, values.length) ?? [])]).toEqual(labels);
  });

  test('that no row is trained on has are named in the story', () => {
    const rows = Array.from({ length: 60 }, (_, k) => `${k / 2},${k % 2 ? 'a' : 'b'}`);
    const stories = rows.map((_, rare) => {
      const text = rows.map((row, k) => (k === rare ? '1,rare' : row)).join('\n');
      const { table } = encoded(`x,t\n${text}`, { roles: ['n', 't'] });
      if (!table) throw new Error('no table');
      const { scenario } = ownStory(table);
      expect(scenario.story.includes('has “rare”')).toBe(
        untrainedClasses(scenario.recipe, table).includes('rare'),
      );
      return scenario.story;
    });
    const told = stories.filter((story) => story.includes('trains on has “rare”: that cannot be learned.'));
    // Two in five rows are not trained on.
    expect(told).toHaveLength(24);
  });

  test('of no row are no problem of their own', () => {
    const { problems } = encoded(`x,t\n${',a\n'.repeat(12)}`, { roles: ['n', 't'] });
    expect(problems).toEqual([
      '0 usable rows; training needs at least 10. A value is missing in x (12 cells). Add rows, or treat missing values another way.',
    ]);
  });
});

describe('what is standardised', () => {
  /** The inputs of training and validation for one column of numbers. */
  async function inputsOf(values: readonly string[]) {
    const text = `x,t\n${values.map((value, k) => `${value},${k % 2 ? 'a' : 'b'}`).join('\n')}`;
    const { table } = encoded(text, { roles: ['n', 't'] });
    if (!table) throw new Error('no table');
    const recipe = parseRecipe({ data: 'own', own: table.plan, train: 36, validation: 12 });
    const { train, validation, production } = await loadDataset(recipe, { ...prepared, own: table });
    return [train, validation, production].map(({ inputs }) => [...inputs]);
  }
  const rows = (value: (k: number) => string) => Array.from({ length: 60 }, (_, k) => value(k));
  const largest = (inputs: readonly (readonly number[])[]) => Math.max(...inputs.flat().map(Math.abs));

  test.each([
    ['±1e308', rows((k) => (k % 2 ? '1e308' : '-1e308'))],
    ['0 to 2e200', rows((k) => `${k % 3}e200`)],
    ['0 to 2e-200', rows((k) => `${k % 3}e-200`)],
  ])('%s spreads as any other numbers do', async (_, values) => {
    const all = await inputsOf(values);
    expect(largest(all)).toBeGreaterThan(0.9);
    expect(largest(all)).toBeLessThan(2);
  });

  test('a column that is all the same where it is trained on stays small elsewhere', async () => {
    for (let other = 0; other < 60; other++) {
      const all = await inputsOf(rows((k) => (k === other ? '0.2' : '0.1')));
      expect(largest(all)).toBeLessThan(10);
    }
  });

  test('one value far out is finite wherever it lands', async () => {
    for (let other = 0; other < 60; other++) {
      const all = await inputsOf(rows((k) => (k === other ? '1e308' : String(k))));
      expect(Number.isFinite(largest(all))).toBe(true);
    }
  });
});
