// The timeline: which settings and pushes are in force at which step of which run.
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { sameStructure, settingFields, type SettingsChange } from '../../src/core/settings.ts';
import { applyChange } from '../../src/core/change.ts';
import { biasPushes } from '../../src/core/stateFaults.ts';
import {
  generationEntries,
  generationStart,
  lastGeneration,
  lineagePeriods,
  settingsAt,
  settingsPeriods,
  type Intervention,
} from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';

const scaleRate = (factor: number) => ({ kind: 'scale-rate', factor }) as const;
const set = (settings: SettingsChange) => ({ kind: 'set', settings }) as const;
const push = (units: number) => ({ kind: 'push-biases', layer: 1, units, perStep: -0.1, steps: 70 }) as const;

const timeline: readonly Intervention[] = [
  { at: 100, by: 'raise-rate', change: scaleRate(10) },
  { at: 150, by: 'kill-relus', change: push(14) },
  { at: 200, by: 'clip', rewindTo: 64, change: set({ clipNorm: 1 }) },
  { at: 80, by: 'edit', change: set({ momentum: 0.5 }) },
  { at: 120, by: 'kill-relus', change: push(16) },
  { at: 130, by: 'divide-rate', rewindTo: 130, change: scaleRate(0.1) },
];
const recipe: Recipe = parseRecipe({ learningRate: 0.1, timeline });

function inForce(generation: number, step: number) {
  return settingsAt(settingsPeriods(recipe, generation), step);
}

describe('a generation', () => {
  test('begins where its entry rewinds to; there is one per rewind', () => {
    expect(lastGeneration(timeline)).toBe(2);
    expect([0, 1, 2].map((generation) => generationStart(timeline, generation))).toEqual([0, 64, 130]);
  });

  test('inherits what its ancestors had, owns what follows, and ends with the next', () => {
    const parts = [0, 1, 2].map((generation) => generationEntries(timeline, generation));
    expect(parts.map(({ inherited, own }) => [inherited.length, own.length])).toEqual([
      [0, 2],
      [2, 3],
      [5, 1],
    ]);
    expect(parts.map(({ next }) => next)).toEqual([timeline[2], timeline[5], undefined]);
    for (const { inherited, own } of parts) {
      expect([...inherited, ...own]).toEqual(timeline.slice(0, inherited.length + own.length));
    }
  });

  test('is the only one of an empty timeline', () => {
    expect(generationEntries([], 0)).toEqual({ inherited: [], own: [], next: undefined });
    expect(settingsPeriods(parseRecipe({}), 0)).toHaveLength(1);
  });
});

describe('settings', () => {
  test('are the recipe’s own until the first entry, and change at its step, not before', () => {
    expect(inForce(0, 99).learningRate).toBe(0.1);
    expect(inForce(0, 100).learningRate).toBe(1);
    expect(inForce(0, 5000).learningRate).toBe(1);
  });

  test('survive a rewind: the fork starts under the raised rate, with its own change on top', () => {
    expect(inForce(1, 64)).toMatchObject({ learningRate: 1, clipNorm: 1, momentum: 0.9 });
  });

  test('are taken from the whole ancestry, each change multiplied or set once', () => {
    expect(inForce(1, 80)).toMatchObject({ learningRate: 1, clipNorm: 1, momentum: 0.5 });
    expect(inForce(2, 130)).toMatchObject({ learningRate: 0.1, clipNorm: 1, momentum: 0.5 });
  });

  test('begin with the generation, in order of steps, each step once', () => {
    for (const generation of [0, 1, 2]) {
      const steps = settingsPeriods(recipe, generation).map(({ fromStep }) => fromStep);
      expect(steps[0]).toBe(generationStart(timeline, generation));
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    }
  });

  test('of entries at the same step are applied in the order pressed, as one period', () => {
    const entries: Intervention[] = [
      { at: 0, by: 'edit', change: set({ learningRate: 0.5 }) },
      { at: 0, by: 'raise-rate', change: scaleRate(10) },
      { at: 9, by: 'raise-rate', change: scaleRate(2) },
      { at: 9, by: 'edit', change: set({ learningRate: 0.25 }) },
    ];
    const periods = settingsPeriods({ ...recipe, timeline: entries }, 0);
    expect(periods.map(({ fromStep, settings }) => [fromStep, settings.learningRate])).toEqual([
      [0, 5],
      [9, 0.25],
    ]);
  });

  test('before the first period are those of the first', () => {
    expect(inForce(1, 0)).toEqual(inForce(1, 64));
  });

  test('of a row that was inherited are those of the ancestor that computed it', () => {
    const through = (generation: number, step: number) =>
      settingsAt(lineagePeriods(recipe, generation), step).learningRate;
    expect([0, 63, 99].map((step) => through(0, step))).toEqual([0.1, 0.1, 0.1]);
    expect([0, 63, 64, 100].map((step) => through(1, step))).toEqual([0.1, 0.1, 1, 1]);
    expect([0, 63, 64, 129, 130].map((step) => through(2, step))).toEqual([0.1, 0.1, 1, 1, 0.1]);
    for (const generation of [0, 1, 2]) {
      const steps = lineagePeriods(recipe, generation).map(({ fromStep }) => fromStep);
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      expect(lineagePeriods(recipe, generation)).toEqual(
        expect.arrayContaining([...settingsPeriods(recipe, generation)]),
      );
    }
  });

  test('of no periods are an error', () => {
    expect(() => settingsAt([], 0)).toThrow('settings periods are empty');
  });

  test('hold every settings field and no other', () => {
    expect(Object.keys(inForce(2, 200)).sort()).toEqual([...settingFields].sort());
  });
});

describe('a change', () => {
  const settings = inForce(0, 0);

  test('of the rate multiplies it', () => {
    const twice = applyChange(applyChange(settings, scaleRate(10)), scaleRate(10));
    expect(twice).toEqual({ ...settings, learningRate: 10 });
  });

  test('of settings sets those named and leaves the others', () => {
    expect(applyChange(settings, set({ keep: 24, mislabelled: 4 }))).toEqual({
      ...settings,
      keep: 24,
      mislabelled: 4,
    });
  });

  test('of biases is no setting', () => {
    expect(applyChange(settings, push(3))).toEqual(settings);
  });

  test.each(settingFields)('of %s compiles a new program only where passes or data differ', (field) => {
    const others = new Map<string, unknown>([
      ['activation', 'tanh'],
      ['batchNorm', true],
      ['validationFrom', 'production'],
    ]);
    const other = { ...settings, [field]: others.get(field) ?? 0.77 };
    const structural = ['activation', 'slope', 'batchNorm', 'validationFrom', 'dropout'];
    expect(sameStructure(settings, other)).toBe(!structural.includes(field));
  });

  test('of how much is dropped compiles no new program', () => {
    expect(sameStructure({ ...settings, dropout: 0.2 }, { ...settings, dropout: 0.5 })).toBe(true);
  });
});

describe('a bias push', () => {
  test('runs in the generation that it belongs to, from its step', () => {
    expect(biasPushes(timeline, 0)).toEqual([{ ...push(14), fromStep: 150 }]);
  });

  test('of an ancestor is over: a rewind undoes it, and so does a remedy from here', () => {
    expect(biasPushes(timeline, 1)).toEqual([{ ...push(16), fromStep: 120 }]);
    expect(biasPushes(timeline, 2)).toEqual([]);
  });
});
