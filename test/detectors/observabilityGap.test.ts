// Observability gap: a detector is blind because a signal has been absent for twenty steps, or evaluations are over 100 steps apart.
import { describe, expect, test } from 'vitest';
import { pickSettings, type SettingsChange } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { isBlind, waysOf } from '../../src/detectors/blindness.ts';
import { blindWithout, readers } from '../../src/detectors/index.ts';
import { observabilityGap } from '../../src/detectors/observabilityGap.ts';
import { context, eventsOf, findingsOf, repeat, rowsOf, told, wreck, type Values } from './rows.ts';

const calm = wreck(400, 0);

function without(row: Values, ...signals: readonly string[]): Values {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !signals.includes(name.split('.')[0]!)));
}

/** Rows from which signals are missing in the steps from … to − 1. */
function hiding(signals: readonly string[], from: number, to = calm.length): readonly Values[] {
  return calm.map((row, step) => (step >= from && step < to ? without(row, ...signals) : row));
}

function events(rows: readonly Values[], change: SettingsChange = {}, overrides = {}) {
  const settings = { ...pickSettings(parseRecipe({})), ...change } as ReturnType<typeof context.settings>;
  const within = { ...context, settings: () => settings };
  return eventsOf(observabilityGap, rowsOf(rows), overrides, within);
}

describe('a signal that is missing', () => {
  test.each(['gradient_norm', 'loss', 'validation_loss', 'dead_neuron_ratio', 'input_kl_divergence'])(
    '(%s) for twenty steps fires, and not before',
    (signal) => {
      expect(told(events(hiding([signal], 60, 79)))).toEqual([]);
      expect(told(events(hiding([signal], 60)))).toEqual(['firing@79']);
    },
  );

  test('is missed from the very first row on', () => {
    expect(told(events(hiding(['validation_loss'], 0)))).toEqual(['firing@19']);
  });

  test('is no gap where nothing needs it', () => {
    const idle = ['accuracy', 'validation_accuracy', 'learning_rate', 'input_kl_batch', 'activation_mean'];
    expect(told(events(hiding([...idle, 'update_ratio'], 60)))).toEqual([]);
  });

  test('is a gap only where no other tells the same: of the three counts of NaN one is enough', () => {
    expect(told(events(hiding(['nonfinite_loss', 'nonfinite_gradient'], 60)))).toEqual([]);
    const all = ['nonfinite_gradient', 'nonfinite_loss', 'nonfinite_weight'];
    const found = events(hiding(all, 60));
    expect(told(found)).toEqual(['firing@79']);
    expect(findingsOf(found)[0]?.evidence.map(({ signal }) => signal)).toEqual(all);
  });

  test('is no gap where it does not apply: tanh has no dead units, ReLU no bounds', () => {
    expect(told(events(hiding(['dead_neuron_ratio'], 60), { activation: 'tanh' }))).toEqual([]);
    expect(told(events(hiding(['saturation_ratio'], 60), { activation: 'relu' }))).toEqual([]);
    expect(told(events(hiding(['saturation_ratio'], 60), { activation: 'tanh' }))).toEqual(['firing@79']);
  });

  test('is no gap while one layer has it', () => {
    const rows = calm.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'dead_neuron_ratio.2')),
    );
    expect(told(events(rows))).toEqual([]);
  });

  test('is no gap where it reads NaN: a value of its own', () => {
    expect(told(events(calm.map((row) => ({ ...row, validation_loss: NaN, loss: NaN }))))).toEqual([]);
  });

  test('is over with the first row in which nothing is missing', () => {
    expect(told(events(hiding(['validation_loss'], 60, 90)))).toEqual(['firing@79', 'resolved@90']);
    const both = hiding(['validation_loss'], 60, 90).map((row, step) =>
      step >= 85 && step < 95 ? without(row, 'loss') : row,
    );
    expect(told(events(both))).toEqual(['firing@79', 'resolved@95']);
  });

  test('is waited for as long as the recipe says', () => {
    expect(told(events(hiding(['loss'], 60), {}, { 'observability-gap.steps': 5 }))).toEqual(['firing@64']);
  });

  test('that comes and goes is no gap', () => {
    const rows = calm.map((row, step) => (step % 15 === 0 ? row : without(row, 'gradient_norm')));
    expect(told(events(rows))).toEqual([]);
  });
});

describe('an evaluation', () => {
  const every = (steps: number) =>
    repeat(700, (step) => ({ ...calm[0], evaluated_at: step - (step % steps) }));

  test('every 100 steps is often enough; an interval above that fires once, and stays', () => {
    expect(told(events(every(100)))).toEqual([]);
    expect(told(events(every(101)))).toEqual(['firing@100']);
    expect(told(events(every(500)))).toEqual(['firing@100']);
  });

  test('that comes soon after the last one ends it; a single one does not', () => {
    const rows = repeat(700, (step) => ({
      ...calm[0],
      evaluated_at: step < 300 ? 0 : step < 500 ? 300 : step - (step % 50),
    }));
    expect(told(events(rows))).toEqual(['firing@100', 'resolved@550']);
  });

  test('may be as old as the recipe says', () => {
    expect(told(events(every(100), {}, { 'observability-gap.rarely': 60 }))).toEqual(['firing@60']);
  });

  test('is told with its age, and as what it is even where a signal has just gone', () => {
    const rows = every(300).map((row, step) => (step >= 98 ? without(row, 'loss') : row));
    const [finding] = findingsOf(events(rows));
    expect(finding).toMatchObject({ at: 100, onset: 0 });
    expect(finding?.evidence).toEqual([{ signal: 'evaluated_at', value: 100, threshold: 100 }]);
    expect(observabilityGap.observation(finding!)).toBe('The last evaluation is 100 steps old (limit 100).');
    expect(observabilityGap.cause(finding!)).toContain('between two evaluations');
  });
});

describe('what was seen', () => {
  test('is told with the signals', () => {
    const [finding] = findingsOf(events(hiding(['validation_loss', 'gradient_norm'], 100)));
    expect(finding).toMatchObject({ at: 119, onset: 100, layer: 0, severity: 'firing' });
    expect(observabilityGap.observation(finding!)).toBe(
      'Not emitted for 20 steps (limit 20): gradient_norm, validation_loss.',
    );
    expect(observabilityGap.cause(finding!)).toContain('stays silent without it');
  });

  test('names no signal that has only just gone', () => {
    const rows = hiding(['validation_loss'], 60).map((row, step) =>
      step >= 75 ? without(row, 'gradient_norm') : row,
    );
    const [finding] = findingsOf(events(rows));
    expect(finding).toMatchObject({ at: 79, onset: 60 });
    expect(finding?.evidence).toEqual([{ signal: 'validation_loss', value: 20, threshold: 20 }]);
  });
});

test.each(readers)('$id is missed as soon as it is blind', (reader) => {
  const way = waysOf(reader).flat();
  expect(isBlind(reader, way)).toBe(true);
  const found = (['relu', 'sigmoid'] as const).flatMap((activation) =>
    told(events(hiding(way, 60), { activation })),
  );
  expect(found).toContain('firing@79');
});

test('who is blind, and who sees less, is told by what detectors read and by what applies', () => {
  const settings = pickSettings(parseRecipe({}));
  const names = (absent: readonly string[], activation = settings.activation) => {
    const { blind, less } = blindWithout(absent, { ...settings, activation });
    return [blind.map(({ id }) => id), less.map(({ id }) => id)];
  };
  expect(names([])).toEqual([[], []]);
  expect(names(['validation_loss', 'validation_accuracy'])).toEqual([['overfit'], ['loss-spike', 'stalled']]);
  expect(names(['gradient_norm'])).toEqual([['exploding-gradient', 'loss-spike'], []]);
  expect(names(['nonfinite_loss'])).toEqual([[], ['nonfinite']]);
  expect(names(['dead_neuron_ratio'])).toEqual([['dead-neurons'], []]);
  expect(names(['dead_neuron_ratio'], 'tanh')).toEqual([[], []]);
});
