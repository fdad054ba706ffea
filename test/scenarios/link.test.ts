// Links: readable, exact both ways, and never the end of a page however damaged.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recipeFields, type Recipe, type RecipeField } from '../../src/core/recipe.ts';
import { datasetIds, parseRecipe } from '../../src/data/index.ts';
import { thresholdNames } from '../../src/detectors/index.ts';
import { faults } from '../../src/faults/index.ts';
import { defaultScenario, scenarioOfDataset, scenarios } from '../../src/scenarios/index.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { writeLink } from '../../src/scenarios/writeLink.ts';
import { recipes } from './recipes.ts';

const ring = defaultScenario.recipe;
const plainFields = recipeFields.filter((field) => !['version', 'timeline', 'thresholds'].includes(field));

/** As JSON holds it: −0 is 0. */
function plain(recipe: Recipe): unknown {
  return JSON.parse(JSON.stringify(recipe));
}

function fieldsOf(search: string): readonly string[] {
  return readLink(search).problems.map(({ field }) => field);
}

/** Whatever the link: a recipe of a scenario that can be trained, and a link of its own that means the same. */
function expectUsable(search: string): void {
  const { recipe, scenario, problems } = readLink(search);
  expect(scenarios).toContain(scenario);
  expect(parseRecipe(recipe)).toEqual(recipe);
  if (problems.length > 0) expect(recipe).toEqual(scenario.recipe);
  for (const { field, reason } of problems) expect([field, reason]).not.toContain('');
  const again = readLink(writeLink(recipe));
  expect(again.problems).toEqual([]);
  expect(plain(again.recipe)).toEqual(plain(recipe));
}

describe('a link', () => {
  test.each(scenarios)('to $id is short and reads back as it', ({ id, recipe }) => {
    expect(writeLink(recipe)).toBe(`v=1&scenario=${id}`);
    expect(readLink(writeLink(recipe))).toMatchObject({ recipe, scenario: { id }, problems: [] });
  });

  test.each(scenarios)('to $id with every fault pressed reads back with its timeline', ({ recipe }) => {
    const timeline = faults.map((fault, index) => {
      const context = { recipe, settings: recipe, presses: 0 };
      return { at: 400 + index, by: fault.id, change: fault.change(context) };
    });
    const broken = parseRecipe({ ...recipe, timeline });
    expect(readLink(writeLink(broken)).recipe).toEqual(broken);
  });

  test.each([
    ['?scenario=penguins&train=300', 400],
    ['?data=penguins&train=2000', 2100],
    ['?scenario=penguins&validation=143', 343],
  ])(
    'that splits more examples than there are, %s, names the field and opens the scenario',
    (link, wanted) => {
      const { recipe, scenario, problems } = readLink(link);
      expect(recipe).toBe(scenario.recipe);
      expect(problems.map(({ field }) => field)).toEqual(['train']);
      expect(problems[0]?.reason).toContain(`train + validation is ${wanted}, and penguins has 342 examples`);
    },
  );

  test('reads back as the very recipe it was written from, whatever the recipe', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { recipe: read, problems } = readLink(writeLink(recipe));
        expect(problems).toEqual([]);
        expect(read).toEqual(recipe);
      }),
      { numRuns: 1500 },
    );
  });

  test('is readable: no escaped comma, colon or equals sign, and no space', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        expect(writeLink(recipe)).not.toMatch(/%2C|%3A|%3D|%25|\s/i);
        expect(writeLink(recipe)).toMatch(/^[\w.,:;=&%+-]*$/);
      }),
      { numRuns: 300 },
    );
  });

  test('is written as a person would', () => {
    const timeline = [
      {
        at: 400,
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 14, perStep: -0.1, steps: 70 },
      },
      { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
      { at: 433, by: 'clip', rewindTo: 384, change: { kind: 'set', settings: { clipNorm: 1 } } },
      {
        at: 500,
        by: 'edit',
        change: { kind: 'set', settings: { activation: 'leaky-relu', slope: 0.2, batchNorm: true } },
      },
    ];
    const recipe = parseRecipe({
      seed: 7,
      hidden: [24, 8],
      batchNorm: true,
      thresholds: { 'loss-spike.warning': 4 },
      timeline,
    });
    expect(writeLink(recipe).split('&')).toEqual([
      'v=1',
      'scenario=ring',
      'seed=7',
      'hidden=24,8',
      'batchNorm=true',
      'threshold=loss-spike.warning:4',
      'do=400,kill-relus,push-biases=1:14:-0.1:70',
      'do=402,raise-rate,scale-rate=10',
      'do=433,clip,rewind=384,clipNorm=1',
      'do=500,edit,activation=leaky-relu,slope=0.2,batchNorm=true',
    ]);
  });

  test.each(scenarios)('to $id with another seed keeps its timeline', ({ recipe }) => {
    const other = { ...recipe, seed: 4242 };
    expect(readLink(writeLink(other))).toMatchObject({ recipe: other, problems: [] });
  });

  test.each(scenarios)('to the run of $id without its timeline has none', ({ recipe }) => {
    const twin = { ...recipe, timeline: [] };
    expect(readLink(writeLink(twin))).toMatchObject({ recipe: twin, problems: [] });
  });

  test('reads the same with and without its question mark, escaped or not', () => {
    const search = writeLink(parseRecipe({ hidden: [24, 8], thresholds: { 'overfit.gap': 0.5 } }));
    const { recipe } = readLink(search);
    const escaped = search.replaceAll(',', '%2C').replaceAll(':', '%3A');
    for (const other of [`?${search}`, escaped]) expect(readLink(other).recipe).toEqual(recipe);
  });

  test('that is empty is the default scenario', () => {
    for (const search of ['', '?'])
      expect(readLink(search)).toEqual({
        recipe: ring,
        scenario: defaultScenario,
        problems: [],
        ignored: [],
      });
  });

  const firsts = scenarios.filter(({ id, recipe }) => scenarioOfDataset(recipe.data)?.id === id);
  test.each(firsts)('that names only the dataset of $id means its scenario', ({ recipe }) => {
    expect(readLink(`data=${recipe.data}`)).toMatchObject({ recipe, problems: [] });
  });

  test('starts from its scenario and changes what it names', () => {
    const spiral = scenarios.find(({ id }) => id === 'spiral')!;
    expect(readLink('scenario=spiral&seed=3').recipe).toEqual({ ...spiral.recipe, seed: 3 });
  });

  test('spells every kind of change', () => {
    const drift = { kind: 'drift', shift: 1.25, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 300 };
    const timeline = [
      { at: 9, by: 'bad-batch', change: { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 } },
      { at: 9, by: 'drift-inputs', change: drift },
      { at: 9, by: 'hide-signals', change: { kind: 'set', settings: { unemitted: ['loss', 'accuracy'] } } },
      {
        at: 90,
        by: 'skip-batches',
        rewindTo: 64,
        change: { kind: 'skip-batches', from: 4, steps: 200 },
      },
      { at: 99, by: 'reinitialise-dead', rewindTo: 99, change: { kind: 'reinitialise' } },
      { at: 100, by: 'emit-signals', rewindTo: 100, change: { kind: 'set', settings: { unemitted: [] } } },
    ];
    const recipe = parseRecipe({ timeline });
    expect(writeLink(recipe).split('&').slice(2)).toEqual([
      'do=9,bad-batch,corrupt-batch=3:true:1',
      'do=9,drift-inputs,drift=1.25:1:0:0:0:300',
      'do=9,hide-signals,unemitted=loss.accuracy',
      'do=90,skip-batches,rewind=64,skip-batches=4:200',
      'do=99,reinitialise-dead,rewind=99,reinitialise',
      'do=100,emit-signals,rewind=100,unemitted=',
    ]);
    expect(readLink(writeLink(recipe))).toMatchObject({ recipe, problems: [] });
  });

  test('can say that every signal is emitted', () => {
    expect(readLink('unemitted=').recipe.unemitted).toEqual([]);
    expect(readLink('unemitted=loss.gradient_norm').recipe.unemitted).toEqual(['loss', 'gradient_norm']);
  });

  test('can say that there is no hidden layer', () => {
    expect(readLink('hidden=').recipe.hidden).toEqual([]);
  });
});

describe('a damaged link', () => {
  const breakers = [
    '§',
    '-1e99',
    'NaN',
    'Infinity',
    '1,2,x',
    '%E0%A4%A',
    'x'.repeat(10_000),
    '__proto__',
    '[object Object]',
  ];

  test.each(plainFields)('with a broken %s names that field, and gives its scenario’s recipe', (field) => {
    for (const value of breakers) {
      const { recipe, problems } = readLink(`scenario=xor&${field}=${value}`);
      expect(problems.map((problem) => problem.field.split('.')[0])).toContain(field);
      expect(recipe).toBe(scenarios.find(({ id }) => id === 'xor')!.recipe);
    }
  });

  test.each(plainFields.filter((field) => field !== 'hidden' && field !== 'unemitted'))(
    'with nothing for %s names that field',
    (field: RecipeField) => {
      expect(fieldsOf(`${field}=`)).toEqual([field]);
    },
  );

  const named: [claim: string, search: string, ...fields: string[]][] = [
    ['an unknown scenario', 'scenario=volcano', 'scenario'],
    ['a scenario called __proto__', 'scenario=__proto__', 'scenario'],
    ['an unknown dataset', 'data=irises', 'data'],
    ['an unknown threshold', 'threshold=loss-spike.warnin:4', 'threshold'],
    ['a threshold without a name', 'threshold=:4', 'threshold'],
    ['a threshold that is no number', 'threshold=loss-spike.warning:x', 'thresholds.loss-spike.warning'],
    ['a threshold without a value', 'threshold=loss-spike.warning', 'thresholds.loss-spike.warning'],
    ['version 2', 'v=2', 'version'],
    ['no version at all', 'v=', 'version'],
    ['too many classes', 'classes=10', 'classes'],
    ['more wrong labels than examples', 'keep=12&mislabelled=13', 'mislabelled'],
    [
      'more wrong labels than examples in an entry',
      'do=400,starve,keep=24,mislabelled=30',
      'timeline.0.change.settings.mislabelled',
    ],
    ['two broken fields', 'seed=x&batch=0', 'seed', 'batch'],
    ['an empty entry', 'do=', 'timeline.0.at', 'timeline.0.by'],
    ['an entry without a name', 'do=4,', 'timeline.0.by'],
    ['an entry by nobody known to be one', 'do=4,Raise!', 'timeline.0.by'],
    ['an entry at no step', 'do=x,edit', 'timeline.0.at'],
    ['an entry below 0', 'do=-4,edit', 'timeline.0.at'],
    ['a rewind to nowhere', 'do=4,clip,rewind=x,clipNorm=1', 'timeline.0.rewindTo'],
    ['a rewind forwards', 'do=4,clip,rewind=5,clipNorm=1', 'timeline.0.rewindTo'],
    ['a factor that is none', 'do=4,raise-rate,scale-rate=x', 'timeline.0.change.factor'],
    ['no factor', 'do=4,raise-rate,scale-rate', 'timeline.0.change.factor'],
    [
      'a push with no layer',
      'do=4,kill-relus,push-biases=',
      'timeline.0.change.layer',
      'timeline.0.change.units',
      'timeline.0.change.perStep',
      'timeline.0.change.steps',
    ],
    ['a push at a missing layer', 'do=4,kill-relus,push-biases=3:1:-0.1:70', 'timeline.0.change.layer'],
    ['a push of too many units', 'do=4,kill-relus,push-biases=1:17:-0.1:70', 'timeline.0.change.units'],
    ['a batch spoilt by what is none', 'do=4,bad-batch,corrupt-batch=x:true:1', 'timeline.0.change.inputs'],
    ['labels swapped or not', 'do=4,bad-batch,corrupt-batch=3:perhaps:1', 'timeline.0.change.swapped'],
    ['batches skipped from nowhere', 'do=4,skip-batches,skip-batches=:5', 'timeline.0.change.from'],
    ['a drift too short', 'do=4,drift-inputs,drift=1:1:0:0:0', 'timeline.0.change.steps'],
    ['a drift too far', 'do=4,drift-inputs,drift=11:1:0:0:0:1', 'timeline.0.change.shift'],
    ['a redrawing that opens no run', 'do=4,edit,reinitialise', 'timeline.0.rewindTo'],
    ['a redrawing of something', 'do=4,edit,rewind=4,reinitialise=3', 'timeline.0.change.value'],
    ['a hidden signal that is none', 'unemitted=loss.lose', 'unemitted.1'],
    [
      'a hidden signal that is none, later',
      'do=4,hide-signals,unemitted=lose',
      'timeline.0.change.settings.unemitted.0',
    ],
    ['a validation set from nowhere', 'validationFrom=home', 'validationFrom'],
    ['a telemetry level that is none', 'do=4,edit,telemetry=all', 'timeline.0.change.settings.telemetry'],
    ['a setting out of range', 'do=4,edit,slope=2', 'timeline.0.change.settings.slope'],
    ['a setting that is none', 'do=4,edit,hidden=3', 'timeline.0.hidden'],
    ['an entry with a constructor', 'do=4,edit,constructor=3', 'timeline.0.constructor'],
    ['entries out of order', 'do=9,edit,slope=0.1&do=8,edit,slope=0.1', 'timeline.1.at'],
    ['a step given twice', 'do=4,edit,at=5', 'timeline.0.at'],
  ];
  test.each(named)('with %s says so', (_, search, ...fields) => {
    expect(fieldsOf(search)).toEqual(fields);
    expectUsable(search);
  });

  test('with more than 200 entries says so', () => {
    const search = Array<string>(201).fill('do=4,edit,slope=0.1').join('&');
    expect(fieldsOf(search)).toEqual(['timeline']);
  });

  test.each([
    '%E0%A4%A',
    '&&&=&=',
    '?????',
    '%',
    '=',
    'do',
    '#',
    '\u0000',
    'v=1&v=2&v=3',
    'x'.repeat(100_000),
  ])('of %.20s is the default scenario or a problem, never an exception', (search) => expectUsable(search));

  test('lists what there is instead', () => {
    const reason = (search: string) => readLink(search).problems[0]!.reason;
    for (const { id } of scenarios) expect(reason('scenario=volcano')).toContain(id);
    for (const id of datasetIds) expect(reason('data=irises')).toContain(id);
    for (const name of thresholdNames) expect(reason('threshold=x:1')).toContain(name);
  });

  test('with a misspelt field says that it was left out, and keeps the rest', () => {
    const { recipe, problems, ignored } = readLink('scenario=ring&learningrate=5&seed=9');
    expect(problems).toEqual([]);
    expect(recipe.seed).toBe(9);
    expect(ignored).toMatchObject([
      { field: 'learningrate', reason: expect.stringMatching(/left out: .* but “learningRate”$/) as string },
    ]);
  });

  test('with a misspelt name says which was meant', () => {
    const reason = (search: string) => readLink(search).problems[0]?.reason;
    for (const [search, meant] of [
      ['scenario=dead-rellu', 'dead-relu'],
      ['threshold=loss-spike.warnin:3', 'loss-spike.warning'],
      ['unemitted=los', 'loss'],
      ['do=9,edit,learningrate=3', 'learningRate'],
    ] as const)
      expect(reason(search), search).toBe(`there is none of that name, but “${meant}”`);
  });

  test('with an entry that changes nothing says so, and what one of its name looks like', () => {
    const told = (search: string) =>
      readLink(search).ignored.map(({ value, reason }) => `${String(value)}: ${reason}`);
    for (const name of ['raise-rate', 'raise-rat'])
      expect(told(`do=100,${name}`)).toEqual([
        expect.stringMatching(
          new RegExp(`^100,${name}: it changes nothing: .*, as in 100,raise-rate,scale-rate=\\d+$`),
        ),
      ]);
    expect(told('do=100,wheels')).toEqual([expect.stringMatching(/as in 100,wheels,learningRate=0\.1$/)]);
    expect(told('do=100,edit,rewind=50&do=120,raise-rate,scale-rate=10')).toEqual([]);
  });

  test('with a key that stands there twice says which counts; of entries and hidden controls there may be several', () => {
    const leftOut = (search: string) =>
      readLink(search).ignored.map(({ field, value }) => `${field}=${String(value)}`);
    expect(readLink('seed=7&seed=8').recipe.seed).toBe(7);
    expect(leftOut('seed=7&seed=8')).toEqual(['seed=8']);
    expect(readLink('seed=7&seed=8').ignored[0]?.reason).toContain('the first counts, 7');
    expect(leftOut('unemitted=loss&unemitted=accuracy')).toEqual(['unemitted=accuracy']);
    expect(leftOut('embed=surface&embed=lamps')).toEqual(['embed=lamps']);
    const [one, other] = ['threshold=loss-spike.warning:4', 'threshold=loss-spike.warning:5'];
    expect(readLink(`${one}&${other}`).recipe.thresholds).toEqual({ 'loss-spike.warning': 5 });
    expect(leftOut(`${one}&${other}`)).toEqual([one]);
    const several = 'do=4,edit,slope=0.1&do=5,edit,slope=0.2&hide=share&hide=pace';
    expect(leftOut(`${several}&${one}&threshold=overfit.gap:0.5`)).toEqual([]);
  });

  test('never touches the prototype of objects', () => {
    for (const search of ['__proto__=1', 'do=4,edit,__proto__=1', 'threshold=__proto__:1', 'constructor=1'])
      readLink(search);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['at']).toBeUndefined();
  });

  test.each(['threshold=__proto__:5', 'threshold=constructor:5'])('with %s names the threshold', (search) => {
    expect(fieldsOf(search)).toEqual(['threshold']);
  });

  test('may mislabel all examples that an entry keeps, or some of all', () => {
    for (const settings of ['keep=24,mislabelled=24', 'keep=0,mislabelled=24', 'mislabelled=24'])
      expect(fieldsOf(`do=400,starve,${settings}`)).toEqual([]);
  });

  test.each([
    'do=4,edit,__proto__=x',
    'do=4,edit,scale-rate=2,learningRate=0.5',
    'do=4,edit,scale-rate=2,scale-rate=3',
    'do=4,kill-relus,push-biases=1:2:-0.1:70:9',
    'do=4,edit,by=clip,slope=0.1',
    'threshold=loss-spike.warning:4:5',
  ])('with %s says what it would drop', (search) => {
    expect(fieldsOf(search)).not.toEqual([]);
  });
});

describe('any query string', () => {
  const keys = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...plainFields, 'v', 'do', 'threshold', 'scenario') },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.string(),
        fc.constantFrom('__proto__', 'constructor', 'toString', 'timeline', 'thresholds'),
      ),
    },
  );
  const words = fc.oneof(
    fc.constantFrom(
      ...scenarios.map(({ id }) => id),
      ...datasetIds,
      ...thresholdNames.map((name) => `${name}:4`),
    ),
    fc.constantFrom(
      'relu',
      'tanh',
      'adam',
      'sgd',
      'softmax-cross-entropy',
      'true',
      'false',
      '16,16',
      '',
      '§',
    ),
    fc.constantFrom(
      '402,raise-rate,scale-rate=10',
      '433,clip,rewind=384,clipNorm=1',
      '400,kill-relus,push-biases=1:14:-0.1:70',
      '399,bad-batch,corrupt-batch=3:true:1',
      '433,skip-batches,rewind=384,skip-batches=380:200',
      '400,drift-inputs,drift=1.25:1:0:0:0:300',
      '500,reinitialise-dead,rewind=500,reinitialise',
      '0,hide-signals,unemitted=validation_loss.accuracy',
    ),
    fc.constantFrom('%E0%A4%A', '%', '+', '\u{1f4a5}', '__proto__', 'NaN', '-0', '1e400', '0x10', ' 5 '),
    fc.integer({ min: -2, max: 20_000 }).map(String),
    fc.double().map(String),
    fc.string(),
    fc
      .array(
        fc.oneof(
          fc.nat(500).map(String),
          fc.string({ maxLength: 5 }),
          fc.constantFrom('edit', 'rewind=1', 'slope=0.1', '__proto__=1'),
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join()),
  );
  const searches = fc
    .array(fc.tuple(keys, words), { maxLength: 5 })
    .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'));

  test('gives a run that can be trained, and problems that name their fields', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(searches, (search) => {
        expectUsable(search);
      }),
      { numRuns: 5000 },
    );
  });
});
