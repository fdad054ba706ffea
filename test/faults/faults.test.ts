// Every fault on every scenario: what it changes can be recorded, and where it cannot be pressed it says why.
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { activations, pickSettings, type Settings } from '../../src/core/settings.ts';
import { applyChange } from '../../src/core/change.ts';
import type { Change } from '../../src/core/change.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import type { Fault, FaultContext } from '../../src/faults/fault.ts';
import { badBatch } from '../../src/faults/badBatch.ts';
import { driftInputs } from '../../src/faults/driftInputs.ts';
import { hideSignals } from '../../src/faults/hideSignals.ts';
import { faultOf, faults } from '../../src/faults/index.ts';
import { instrumentEverything } from '../../src/faults/instrumentEverything.ts';
import { killRelus } from '../../src/faults/killRelus.ts';
import { raiseRate } from '../../src/faults/raiseRate.ts';
import { starve } from '../../src/faults/starve.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { signals } from '../../src/signals/index.ts';

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

const sentence = /^[A-Z].+\.$/;
const healthy = (scenarios as readonly Scenario[]).filter(({ recipe }) => recipe.timeline.length === 0);

describe.each(every)('$id', (fault) => {
  test.each(healthy)('works on $id, and ends', ({ recipe }) => {
    expect(pressAll(fault, recipe).length).toBeGreaterThan(0);
  });

  test.each(scenarios)('on the network of $id works, or says in a sentence why not', ({ recipe }) => {
    const first = { recipe, settings: pickSettings(recipe), presses: 0 };
    if (pressAll(fault, recipe).length === 0) expect(fault.blocked(first)).toMatch(sentence);
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
      expect(fault.told(pressed.entry.change)).toMatch(/^[a-z]/);
    }
  });

  test('tells something of any change, for a link may name it with any', () => {
    const changes: readonly Change[] = [
      { kind: 'set', settings: {} },
      { kind: 'reinitialise' },
      { kind: 'scale-rate', factor: 2 },
    ];
    for (const change of changes) expect(fault.told(change)).not.toMatch(/undefined|NaN|^$/);
  });

  test.each(scenarios)('changes something with each press on $id', ({ recipe }) => {
    for (const { entry, settings } of pressAll(fault, recipe)) {
      const isState = ['push-biases', 'corrupt-batch', 'drift'].includes(entry.change.kind);
      expect(isState || applyChange(settings, entry.change)).not.toEqual(settings);
    }
  });

  test('says in a sentence why it cannot be pressed a third time', () => {
    const pressed = pressAll(fault, parseRecipe({}));
    expect(pressed.length).toBeLessThanOrEqual(2);
    const { settings, entry } = pressed.at(-1)!;
    const next = context({}, pressed.length, applyChange(settings, entry.change));
    expect(fault.blocked(next)).toMatch(sentence);
  });

  test('that leaves training as it is changes neither weights nor batches nor what a step computes', () => {
    const touched = pressAll(fault, parseRecipe({})).flatMap(({ entry: { change } }) =>
      change.kind === 'set' ? Object.keys(change.settings) : [change.kind],
    );
    const unseen = ['drift', 'unemitted', 'telemetry'];
    expect(touched.every((name) => unseen.includes(name))).toBe(fault.leavesTraining === true);
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

describe('a bad batch', () => {
  test('is one step: inputs three times as large, ten times with the second press, labels swapped', () => {
    expect(pressAll(badBatch, parseRecipe({})).map(({ entry }) => entry.change)).toEqual([
      { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 },
      { kind: 'corrupt-batch', inputs: 10, swapped: true, steps: 1 },
    ]);
  });
});

describe('changing what users send', () => {
  test('moves the first input, twice as far with the second press', () => {
    const moves = pressAll(driftInputs, parseRecipe({})).map(({ entry }) => entry.change);
    const still = { kind: 'drift', scale: 1, rotate: 0, noise: 0, prior: 0, steps: 300 };
    expect(moves).toEqual([
      { ...still, shift: 1.25 },
      { ...still, shift: 2.5 },
    ]);
  });

  test('turns images', () => {
    const { recipe } = scenarios.find(({ id }) => id === 'digits')!;
    const [first] = pressAll(driftInputs, recipe);
    expect(first!.entry.change).toMatchObject({ kind: 'drift', shift: 0, rotate: 45, steps: 100 });
    expect(driftInputs.describe(first!)).toContain('45°');
  });
});

describe('the blindfold', () => {
  test('hides validation, with the second press the gradient norm as well', () => {
    const hidden = pressAll(hideSignals, parseRecipe({})).map(({ entry }) => entry.change);
    expect(hidden).toEqual([
      { kind: 'set', settings: { unemitted: ['validation_loss', 'validation_accuracy'] } },
      { kind: 'set', settings: { unemitted: ['validation_loss', 'validation_accuracy', 'gradient_norm'] } },
    ]);
  });

  test('hides signals that there are, and keeps dark what is', () => {
    const ids: readonly string[] = signals.map(({ id }) => id);
    const change = hideSignals.change(context({}, 0, { unemitted: ['loss'] }));
    expect(change.settings.unemitted).toEqual(['loss', 'validation_loss', 'validation_accuracy']);
    for (const id of change.settings.unemitted) expect(ids).toContain(id);
  });
});

test('instrumenting everything is possible once', () => {
  expect(pressAll(instrumentEverything, parseRecipe({}))).toHaveLength(1);
  expect(instrumentEverything.blocked(context({ telemetry: 'per-weight' }))).not.toBeNull();
});
