// The recipe: parsed once, at the edge, with errors that name field, value and what is accepted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRecipe, describeProblem, RecipeError, recipeFields } from '../../src/core/recipe.ts';
import { datasetIds, parseRecipe } from '../../src/data/index.ts';

function problemsOf(value: unknown): RecipeError {
  try {
    parseRecipe(value);
  } catch (error) {
    if (error instanceof RecipeError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(value)} was accepted`);
}

const push = { kind: 'push-biases', layer: 1, units: 4, perStep: -0.1, steps: 70 };
const press = (entry: object) => ({ timeline: [{ at: 5, by: 'edit', ...entry }] });
const set = (settings: object) => press({ change: { kind: 'set', settings } });

describe('a recipe', () => {
  test('takes its defaults where a field is missing', () => {
    expect(parseRecipe({})).toEqual(defaultRecipe);
    expect(defaultRecipe).toMatchObject({
      version: 1,
      seed: 1,
      data: 'circle',
      hidden: [16, 16],
      timeline: [],
    });
    expect(parseRecipe({ seed: 7 })).toEqual({ ...defaultRecipe, seed: 7 });
  });

  test('parses into itself again', () => {
    const recipe = parseRecipe({
      hidden: [8],
      seed: 3,
      thresholds: { 'overfit.ratio': 2 },
      ...set({ keep: 9 }),
    });
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  test.each(recipeFields)(
    'refuses “§” as %s: the error names the field, the value and what is accepted',
    (field) => {
      const error = problemsOf({ [field]: '§' });
      expect(error.problems.map((problem) => problem.field)).toEqual([field]);
      expect(error.message).toContain(`“${field}” is "§"`);
      expect(error.message).toMatch(/must be|there are/);
    },
  );

  const outOfRange: [field: string, ...values: unknown[]][] = [
    ['version', 0, 2, null],
    ['seed', -1, 2 ** 32, 0.5],
    ['data', '', 'Circle', 3],
    ['own', '', 'birds.csv', '9f86d081884c7d65:birds.csv:344x6:nnq', 5],
    ['classes', 1, 11, 2.5],
    ['noise', -0.1, 2.1],
    ['train', 0, 16001],
    ['validation', 0, 4001],
    ['hidden', [1, 2, 3, 4, 5, 6, 7], 16],
    ['loss', 'mse'],
    ['optimizer', 'lion'],
    ['batch', 0, 1025, true],
    ['validateEvery', 0, 10001],
    ['checkpointEvery', 0, 10001],
    ['learningRate', -1, 1e7, '0.1'],
    ['schedule', 'linear', 1],
    ['warmUp', -1, 20001, 0.5],
    ['scheduleSteps', 0, 20001, 1.5],
    ['scheduleFactor', -0.1, 1.1],
    ['momentum', -0.1, 1],
    ['l2', -1, 11],
    ['clipNorm', -1, 1e7],
    ['dropout', -0.1, 0.96],
    ['activation', 'swish'],
    ['slope', -0.1, 1.1],
    ['batchNorm', 1, 'yes'],
    ['initialBias', -11, 11],
    ['initialScale', -1, 101],
    ['keep', -1, 16001, 1.5],
    ['mislabelled', -1, 16001],
    ['validationFrom', 'users', 1],
    ['unemitted', 'loss', Array<string>(21).fill('loss')],
    ['telemetry', 'all', 2],
    ['thresholds', 'x', 3],
    ['timeline', {}, Array<object>(201).fill(set({}).timeline[0]!)],
  ];
  const cases = outOfRange.flatMap(([field, ...values]) => values.map((value) => [field, value] as const));
  test.each(cases)('refuses %s %j and says so', (field, value) => {
    const error = problemsOf({ [field]: value });
    expect(error.problems[0]!.field.split('.')[0]).toBe(field);
    expect(error.message).toContain(JSON.stringify(value).slice(0, 50));
  });

  test('refuses what is out of range in every field that it has', () => {
    expect(outOfRange.map(([field]) => field)).toEqual(recipeFields);
  });

  test('names the place within a list', () => {
    expect(problemsOf({ hidden: [16, 0] }).problems).toMatchObject([{ field: 'hidden.1', value: 0 }]);
    expect(problemsOf({ hidden: [16, 513] }).problems).toMatchObject([{ field: 'hidden.1', value: 513 }]);
    expect(problemsOf({ unemitted: ['loss', 'Loss'] }).problems).toMatchObject([
      { field: 'unemitted.1', value: 'Loss' },
    ]);
    expect(problemsOf({ thresholds: { a: 'x' } }).problems).toMatchObject([
      { field: 'thresholds.a', value: 'x' },
    ]);
  });

  test('names every field that is wrong, not only the first', () => {
    const { problems, message } = problemsOf({ seed: -1, batch: 0, loss: 'x' });
    expect(problems.map(({ field }) => field).sort()).toEqual(['batch', 'loss', 'seed']);
    for (const { field } of problems) expect(message).toContain(field);
  });

  test('refuses an unknown field, shows its value and names the one that was meant', () => {
    const error = problemsOf({ learningrate: 0.5 });
    expect(error.problems).toMatchObject([{ field: 'learningrate', value: 0.5 }]);
    expect(error.message).toContain('“learningrate” is 0.5: there is none of that name, but “learningRate”');
  });

  test('lists those there are where none is near', () => {
    const error = problemsOf({ wheels: 4 });
    expect(error.problems).toMatchObject([{ field: 'wheels', value: 4 }]);
    for (const field of recipeFields) expect(error.message).toContain(field);
  });

  test('refuses an unknown dataset and lists those there are', () => {
    const error = problemsOf({ data: 'moon' });
    expect(error.problems).toMatchObject([{ field: 'data', value: 'moon' }]);
    for (const id of datasetIds) expect(error.message).toContain(id);
  });

  test('refuses a number of classes that the dataset cannot have', () => {
    expect(problemsOf({ data: 'xor', classes: 3 }).message).toContain('“classes” is 3: xor has 2');
    expect(problemsOf({ data: 'mnist' }).message).toContain('“classes” is 2: mnist has 10');
    expect(problemsOf({ data: 'spiral', classes: 6 }).message).toContain('spiral has 2 to 5');
  });

  test('refuses more wrong labels than examples', () => {
    const refused = [
      { keep: 12, mislabelled: 13 },
      { train: 100, mislabelled: 101 },
      { train: 100, keep: 200, mislabelled: 150 },
    ];
    for (const value of refused) {
      expect(problemsOf(value).problems).toMatchObject([{ field: 'mislabelled', value: value.mislabelled }]);
    }
    expect(parseRecipe({ keep: 12, mislabelled: 12 }).mislabelled).toBe(12);
    expect(parseRecipe({ train: 100, mislabelled: 100 }).mislabelled).toBe(100);
  });
});

describe('a timeline', () => {
  const change = { kind: 'scale-rate', factor: 10 };
  const refused: [claim: string, recipe: object, field: string, value: unknown][] = [
    [
      'a step below that of its run',
      { timeline: [press({ change, at: 9 }).timeline[0], press({ change, at: 8 }).timeline[0]] },
      'timeline.1.at',
      8,
    ],
    ['a rewind forwards', press({ change, rewindTo: 6 }), 'timeline.0.rewindTo', 6],
    ['a push at a missing layer', press({ change: { ...push, layer: 3 } }), 'timeline.0.change.layer', 3],
    [
      'a push where there is no layer',
      { hidden: [], ...press({ change: push }) },
      'timeline.0.change.layer',
      1,
    ],
    [
      'a push of more units than there are',
      press({ change: { ...push, units: 17 } }),
      'timeline.0.change.units',
      17,
    ],
    [
      'weights drawn anew in the middle of a run',
      press({ change: { kind: 'reinitialise' } }),
      'timeline.0.rewindTo',
      undefined,
    ],
    [
      'a batch spoilt for no step',
      press({ change: { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 0 } }),
      'timeline.0.change.steps',
      0,
    ],
    [
      'a batch whose labels are half swapped',
      press({ change: { kind: 'corrupt-batch', inputs: 3, swapped: 0.5, steps: 1 } }),
      'timeline.0.change.swapped',
      0.5,
    ],
    [
      'batches skipped from between steps',
      press({ change: { kind: 'skip-batches', from: 0.5, steps: 1 } }),
      'timeline.0.change.from',
      0.5,
    ],
    [
      'a drift beyond all bounds',
      press({ change: { kind: 'drift', shift: 11, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 1 } }),
      'timeline.0.change.shift',
      11,
    ],
    ['a negative step', press({ change, at: -1 }), 'timeline.0.at', -1],
    ['a step between steps', press({ change, at: 0.5 }), 'timeline.0.at', 0.5],
    ['a step beyond all steps', press({ change, at: 2 ** 28 }), 'timeline.0.at', 2 ** 28],
    ['an unreadable name', press({ change, by: 'Raise rate!' }), 'timeline.0.by', 'Raise rate!'],
    ['an unknown kind of change', press({ change: { kind: 'reset' } }), 'timeline.0.change.kind', 'reset'],
    ['a factor of 0', press({ change: { kind: 'scale-rate', factor: 0 } }), 'timeline.0.change.factor', 0],
    ['a push of no steps', press({ change: { ...push, steps: 0 } }), 'timeline.0.change.steps', 0],
    ['a setting out of range', set({ slope: 2 }), 'timeline.0.change.settings.slope', 2],
    ['a setting of a wrong type', set({ batchNorm: 'yes' }), 'timeline.0.change.settings.batchNorm', 'yes'],
    ['a field that no setting is', set({ hidden: 3 }), 'timeline.0.change.settings.hidden', 3],
    ['a field that no entry has', press({ change, why: 'x!' }), 'timeline.0.why', 'x!'],
  ];
  test.each(refused)('refuses %s', (_, recipe, field, value) => {
    const error = problemsOf(recipe);
    expect(error.problems).toMatchObject([{ field, value }]);
    const shown = value === undefined ? 'nothing' : JSON.stringify(value);
    expect(error.message).toContain(`“${field}” is ${shown}: `);
  });

  test('may draw weights anew where it opens a run', () => {
    const change = { kind: 'reinitialise' };
    for (const rewindTo of [0, 3, 5]) {
      expect(parseRecipe(press({ change, rewindTo })).timeline).toMatchObject([{ at: 5, rewindTo, change }]);
    }
  });

  test('does not offer a recipe’s fields where a timeline entry has one too many', () => {
    expect(problemsOf(press({ change, why: 'x' })).message).not.toContain('checkpointEvery');
  });

  test('says in its own words that an entry lacks its step', () => {
    expect(problemsOf({ timeline: [{ by: 'edit', change }] }).message).not.toContain('Invalid');
  });

  test('may go on below an earlier step once it has rewound', () => {
    const timeline = [
      { at: 400, by: 'raise-rate', change },
      { at: 433, by: 'clip', rewindTo: 384, change: { kind: 'set', settings: { clipNorm: 1 } } },
      { at: 390, by: 'edit', change },
    ];
    expect(parseRecipe({ timeline }).timeline).toEqual(timeline);
    expect(
      problemsOf({ timeline: [...timeline.slice(0, 2), { at: 383, by: 'edit', change }] }).problems,
    ).toMatchObject([
      { field: 'timeline.2.at', value: 383, reason: 'out of order: the run it belongs to is at step 384' },
    ]);
  });

  test('may hold several entries at one step, and one that forks from here', () => {
    const timeline = [
      { at: 7, by: 'edit', change },
      { at: 7, by: 'edit', change },
      { at: 7, by: 'elu', rewindTo: 7, change },
    ];
    expect(parseRecipe({ timeline }).timeline).toHaveLength(3);
  });
});

describe('anything at all', () => {
  test('as an array in place of an entry is refused: its methods are no fields', () => {
    expect(problemsOf({ timeline: [[]] }).problems[0]!.field).toBe('timeline.0.at');
  });

  const known = fc.dictionary(
    fc.constantFrom(...recipeFields, 'foo', 'constructor', '__proto__'),
    fc.jsonValue(),
  );
  const inTimeline = fc.record({
    timeline: fc.array(
      fc.record(
        { at: fc.jsonValue(), by: fc.jsonValue(), rewindTo: fc.jsonValue(), change: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    ),
  });
  test.each([
    ['JSON', fc.jsonValue()],
    ['JSON under real names', known],
    ['a timeline of JSON', inTimeline],
  ])(
    'as %s gives a recipe or a RecipeError with a reason, nothing else',
    (_, values) => {
      fc.assert(
        fc.property(values as fc.Arbitrary<unknown>, (value) => {
          try {
            const recipe = parseRecipe(value);
            expect(recipeFields.filter((field) => !Object.hasOwn(recipe, field))).toEqual([]);
          } catch (error) {
            if (!(error instanceof RecipeError)) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            for (const { field, reason } of error.problems) expect([field, reason]).not.toContain('');
          }
        }),
        { numRuns: 1000 },
      );
    },
    30_000,
  );

  test('as a value that JSON cannot hold is refused too, and shown', () => {
    const shown: [value: unknown, text: string][] = [
      [NaN, 'NaN'],
      [Infinity, 'Infinity'],
      [Symbol('s'), 'symbol'],
      [() => 1, 'function'],
    ];
    for (const [value, text] of shown)
      expect(problemsOf({ seed: value }).message).toContain(`“seed” is ${text}: `);
  });

  test('is shown shortened where it is long', () => {
    const text = describeProblem({ field: 'data', value: 'x'.repeat(10_000), reason: 'there are others' });
    expect(text.length).toBeLessThan(150);
    expect(text).toContain('…');
  });

  test('is “nothing” where there is nothing', () => {
    expect(describeProblem({ field: 'a', value: undefined, reason: 'r' })).toBe(
      'Recipe field “a” is nothing: r.',
    );
  });
});
