// Every fault on every scenario: what it changes can be recorded, and where it cannot be pressed it says why.
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { activations, pickSettings, type Settings } from '../../src/core/settings.ts';
import { applyChange } from '../../src/core/change.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import type { Fault, FaultContext } from '../../src/faults/fault.ts';
import { faultOf, faults } from '../../src/faults/index.ts';
import { killRelus } from '../../src/faults/killRelus.ts';
import { raiseRate } from '../../src/faults/raiseRate.ts';
import { starve } from '../../src/faults/starve.ts';
import { scenarios } from '../../src/scenarios/index.ts';

const every: readonly Fault[] = faults;
const mostPresses = 10;

/** Presses a fault as often as it lets itself be pressed, each on top of the last. */
function pressAll(
  fault: Fault,
  recipe: Recipe,
): readonly (FaultContext & { readonly entry: Intervention })[] {
  const pressed: (FaultContext & { entry: Intervention })[] = [];
  let settings: Settings = pickSettings(recipe);
  for (let presses = 0; presses < mostPresses; presses++) {
    const context = { recipe, settings, presses };
    if (fault.blocked(context) !== null) return pressed;
    const change = fault.change(context);
    pressed.push({ ...context, entry: { at: 400 + presses, by: fault.id, change } });
    settings = applyChange(settings, change);
  }
  throw new Error(`${fault.id}: was pressed ${mostPresses} times and still could be`);
}

function context(fields: object = {}, presses = 0, change: Partial<Settings> = {}): FaultContext {
  const recipe = parseRecipe(fields);
  return { recipe, settings: { ...pickSettings(recipe), ...change }, presses };
}

describe.each(every)('$id', (fault) => {
  test.each(scenarios)('works on $id, and ends', ({ recipe }) => {
    expect(pressAll(fault, recipe).length).toBeGreaterThan(0);
  });

  test.each(scenarios)('is recorded on the timeline of $id as what it is', ({ recipe }) => {
    const timeline = pressAll(fault, recipe).map(({ entry }) => entry);
    expect(parseRecipe({ ...recipe, timeline }).timeline).toEqual(timeline);
  });

  test.each(scenarios)('tells on $id what it will do, and what it did', ({ recipe }) => {
    for (const pressed of pressAll(fault, recipe)) {
      const words = [fault.describe(pressed), fault.told(pressed.entry.change)];
      for (const text of words) {
        expect(text).not.toBe('');
        expect(text).not.toMatch(/undefined|NaN|Infinity/);
      }
      expect(fault.told(pressed.entry.change)).toMatch(/\d/);
    }
  });

  test.each(scenarios)('changes something with each press on $id', ({ recipe }) => {
    for (const { entry, settings } of pressAll(fault, recipe)) {
      const state = entry.change.kind === 'push-biases';
      expect(state || applyChange(settings, entry.change)).not.toEqual(settings);
    }
  });

  test('says in a sentence why it cannot be pressed a third time', () => {
    const pressed = pressAll(fault, parseRecipe({}));
    expect(pressed).toHaveLength(2);
    const { settings, entry } = pressed[1]!;
    const third = context({}, 2, applyChange(settings, entry.change));
    expect(fault.blocked(third)).toMatch(/^[A-Z].+\.$/);
  });

  test('is found by its id, which a timeline may name', () => {
    expect(fault.id).toMatch(/^[a-z0-9-]{1,40}$/);
    expect(faultOf(fault.id)).toBe(fault);
  });

  test('has a title and a shorter one', () => {
    expect(fault.short.length).toBeLessThanOrEqual(fault.title.length);
    expect(fault.short).not.toBe('');
  });
});

test('ids are unique; what is no fault is none', () => {
  expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
  expect(faultOf('edit')).toBeUndefined();
});

describe('killing ReLUs', () => {
  test('is blocked where there is no hidden layer', () => {
    expect(killRelus.blocked(context({ hidden: [] }))).toContain('no hidden layer');
  });

  test.each(activations.filter((activation) => activation !== 'relu'))(
    'is blocked under %s, which is named',
    (activation) => {
      expect(killRelus.blocked(context({ activation }))).toContain(activation);
      expect(killRelus.blocked(context({}, 0, { activation }))).toContain(activation);
    },
  );

  test.each([
    [1, 1],
    [2, 1],
    [8, 7],
    [16, 14],
    [512, 448],
  ])('of %i units pushes %i, then all', (width, units) => {
    expect(killRelus.change(context({ hidden: [width] }))).toMatchObject({ layer: 1, units });
    expect(killRelus.change(context({ hidden: [width] }, 1))).toMatchObject({ layer: 1, units: width });
  });

  test('pushes by 7 in all', () => {
    const change = killRelus.change(context());
    expect(change.perStep * change.steps).toBeCloseTo(-7);
  });
});

describe('raising the rate', () => {
  test('multiplies it by ten, by a hundred with the second press', () => {
    const rates = pressAll(raiseRate, parseRecipe({ learningRate: 0.1 })).map(
      ({ settings, entry }) => applyChange(settings, entry.change).learningRate,
    );
    expect(rates).toEqual([1, 10]);
    expect(raiseRate.told({ kind: 'scale-rate', factor: 10 })).toBe('raised the learning rate ×10');
  });

  test('is blocked at a rate of 0', () => {
    expect(raiseRate.blocked(context({ learningRate: 0 }))).toContain('0');
  });
});

describe('starving', () => {
  test('is blocked where there are few examples as it is, and says how few', () => {
    expect(starve.blocked(context({ train: 24 }))).toContain('24');
    expect(starve.blocked(context({ train: 25 }))).toBeNull();
  });

  test('keeps 24 examples, then 12, four of them mislabelled', () => {
    const kept = pressAll(starve, parseRecipe({})).map(({ entry }) => entry.change);
    expect(kept).toEqual([
      { kind: 'set', settings: { keep: 24, mislabelled: 4 } },
      { kind: 'set', settings: { keep: 12, mislabelled: 4 } },
    ]);
    expect(starve.told(kept[0]!)).toBe('kept 24 training examples, 4 of them mislabelled');
  });

  test('takes nothing from a run that keeps fewer already, and is blocked there', () => {
    expect(starve.blocked(context({ keep: 10 }))).not.toBeNull();
  });
});
