// What is guessed of tables as people have them: which row names the columns, which columns only count rows, and what is learned.
import { describe, expect, test } from 'vitest';
import { encoded, survey } from './tables.ts';

const names = (text: string) => survey(text).columns.map(({ name }) => name);

/** A table of a header and rows made by number. */
function tableOf(header: string, row: (k: number) => string, rows = 40): string {
  return [header, ...Array.from({ length: rows }, (_, k) => row(k))].join('\n');
}

describe('the first row names the columns where', () => {
  test.each([
    'Indicator,2019,2020,2021\nGDP,55.1,20.4,7.7\nCO2,12.3,44.0,91.2',
    '2019,2020,2021\n55.1,20.4,7.7\n12.3,44.0,91.2',
    'id,kind,2019,score\n1,a,55.1,3\n2,b,2800,5\n3,a,1990,4',
    'label,0,1,2,3\n1,9,8,255,3\n0,0,4,12,7',
    'kind,colour,,shape\nham,red,,round\nham,blue,,square\nspam,red,,round',
    'v1,v2,,,\nham,red,,,\nspam,blue,,,\nham,red,,,',
  ])('%j', (text) => {
    expect(survey(text).header).toBe(true);
  });

  test.each([
    '5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,virginica',
    'Casablanca,1942,8.5\nMatrix,1999,8.7\nAlien,1979,8.4',
    '2001,2002\n2003,2005\n2004,2009',
    '1,2,3\n4,1,9\n7,8,2',
    '?,1,left\n2,3,right\n4,1,left',
    'ham,red\nspam,red\nham,blue',
  ])('not in %j, and there that is said', (text) => {
    expect(survey(text).header).toBe(false);
    expect(encoded(text).notes.join()).toContain('The first row is read as data. Tick “The first');
  });

  test('and nothing is said to a person who made it data', () => {
    expect(
      encoded(
        tableOf('x,y', (k) => `${k},${k % 3}`),
        { header: false },
      ).notes.join(),
    ).not.toContain('The first row is read');
  });
});

describe('an id', () => {
  test.each([
    ['x,y', 'nt'],
    ['Year,y', 'nt'],
    ['id,y', 'xt'],
  ])('in a table of two columns, %s, is one by its name alone', (header, roles) => {
    expect(survey(tableOf(header, (k) => `${k + 1},${(k * 7) % 5}`)).roles.join('')).toBe(roles);
  });

  test.each([
    ['year', 1990, 'n'],
    ['day', 1, 'n'],
    ['dose', 1, 'n'],
    ['period', 1990, 'n'],
    ['sample', 1, 'x'],
    ['person', 101, 'x'],
  ])('is no %s that rises by one from %i (%s)', (name, from, role) => {
    const text = tableOf(`${name},a,b,kind`, (k) => `${from + k},${k % 5},${k % 7},${k % 2 ? 'x' : 'y'}`);
    expect(survey(text).roles.join('')).toBe(`${role}nnt`);
  });

  test('without any heading is the first column that counts, if an input is left', () => {
    const row = (k: number) => `${k + 5},${k % 5}.5,${k % 2 ? 'x' : 'y'}`;
    expect(survey(tableOf(row(0), (k) => row(k + 1))).roles.join('')).toBe('xnt');
    expect(survey(tableOf('0,3', (k) => `${k + 1},${k % 4}`)).roles.join('')).toBe('nt');
  });

  test('stands first, or has a name that says so', () => {
    const text = tableOf('a,count,kind', (k) => `${k % 5},${k},${k % 2 ? 'x' : 'y'}`);
    expect(survey(text).roles.join('')).toBe('nnt');
  });

  test.each(['CustomerId', 'EmployeeNumber', 'PassengerID', 'order no.', 'rownames'])(
    'is %s, once with a number twice',
    (name) => {
      const row = (k: number) => `${k % 5},${k === 9 ? 100 : 100 + ((k * 7) % 40)},${k % 2 ? 'x' : 'y'}`;
      expect(survey(tableOf(`a,${name},kind`, row)).roles.join('')).toBe('nxt');
    },
  );

  test('that is all there is beside the target is named, with what to do', () => {
    const text = tableOf('user_id,kind', (k) => `${(k * 7) % 40},${k % 2 ? 'x' : 'y'}`);
    expect(encoded(text).problems).toEqual([
      'No input is left: “user_id” looks like an id. Make it “input: number”.',
    ]);
    const words = tableOf('v1,v2', (k) => `${k % 2 ? 'ham' : 'spam'},word ${k}`, 60);
    expect(encoded(words).problems).toEqual([
      'No input is left: “v2” is text. It has 60 different values: bring a column of numbers, or of few categories.',
    ]);
  });
});

/** Cells by the kind of their column: `number`, `flag`, `word` of two, `name` of all rows, `id`. */
const cells: Readonly<Record<string, (k: number) => string>> = {
  number: (k) => String(((k * 37) % 101) / 4),
  count: (k) => String((k * 7) % 23),
  flag: (k) => String(k % 2),
  word: (k) => (k % 2 ? 'yes' : 'no'),
  three: (k) => ['a', 'b', 'c'][k % 3] ?? '',
  name: (k) => `name ${k}`,
  id: (k) => String(k + 1),
};

function targetOf(columns: string): string | undefined {
  const parts = columns.split(' ').map((column) => column.split(':') as [string, string]);
  const text = tableOf(parts.map(([name]) => name).join(','), (k) =>
    parts.map(([, kind]) => cells[kind]!(k)).join(','),
  );
  const { roles } = survey(text);
  return names(text)[roles.indexOf('t')];
}

describe('the target of', () => {
  test.each([
    ['iris', 'species', 'sepal_length:number petal_length:number species:three'],
    ['iris, as R has it', 'Species', 'rownames:id Sepal.Length:number Species:three'],
    ['penguins', 'species', 'species:three island:three bill_length_mm:number sex:word year:count'],
    [
      'Titanic',
      'Survived',
      'PassengerId:id Survived:flag Pclass:three Name:name Sex:word Fare:number Embarked:three',
    ],
    ['cars', 'Origin', 'Name:name Miles_per_Gallon:number Cylinders:count Year:count Origin:three'],
    ['wine', 'quality', 'fixed acidity:number alcohol:number quality:count'],
    ['a table with its class first', 'Class', 'Class:three Alcohol:number Ash:number'],
    ['heart', 'HeartDisease', 'Age:count Sex:word ST_Slope:three HeartDisease:flag'],
    ['churn', 'Churn', 'customerID:id gender:word tenure:count Churn:word'],
    [
      'bank churn',
      'Exited',
      'CustomerId:id Geography:three Balance:number Exited:flag EstimatedSalary:number',
    ],
    ['attrition', 'Attrition', 'Age:count Attrition:word Department:three MonthlyIncome:number Years:count'],
    ['stroke', 'stroke', 'id:id gender:word bmi:number smoking_status:three stroke:flag'],
    ['insurance', 'charges', 'age:count sex:word smoker:word region:three charges:number'],
    ['houses', 'SalePrice', 'Id:id LotArea:count SaleCondition:three SalePrice:number'],
    ['houses, the price first', 'price', 'price:number area:count mainroad:word furnishing:three'],
    ['diamonds', 'price', 'carat:number cut:three price:number x:number y:number z:number'],
    ['abalone', 'Rings', 'Sex:three Length:number Rings:count'],
    ['income', 'income', 'age:count workclass:three hours:count income:word'],
    ['a bank’s calls', 'y', 'age:count job:three y:word'],
    ['points', 'side', 'x:number y:number side:word'],
    ['numbers with names behind them', 'b', 'kind:three a:number b:number note:name'],
  ])('%s is %s', (_, target, columns) => {
    expect(targetOf(columns.replaceAll('fixed acidity', 'fixed_acidity'))).toBe(target);
  });
});
