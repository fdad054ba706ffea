// Observability gap: a signal that is needed is absent for twenty steps, or the last evaluation is 250 steps old.
import { describe, expect, test } from 'vitest';
import { pickSettings, type SettingsChange } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
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
    expect(told(events(hiding(idle, 60)))).toEqual([]);
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

  test('that is 250 steps old fires, and is over with the next one', () => {
    expect(told(events(every(250)))).toEqual([]);
    expect(told(events(every(300)))).toEqual(['firing@250', 'resolved@300', 'firing@550', 'resolved@600']);
  });

  test('may be as old as the recipe says', () => {
    expect(told(events(every(100), {}, { 'observability-gap.rarely': 60 })).slice(0, 2)).toEqual([
      'firing@60',
      'resolved@100',
    ]);
  });

  test('is told with its age, and as what it is even where a signal has just gone', () => {
    const rows = every(300).map((row, step) => (step >= 248 ? without(row, 'loss') : row));
    const [finding] = findingsOf(events(rows));
    expect(finding).toMatchObject({ at: 250, onset: 0 });
    expect(finding?.evidence).toEqual([{ signal: 'evaluated_at', value: 250, threshold: 250 }]);
    expect(observabilityGap.observation(finding!)).toBe('The last evaluation is 250 steps old (limit 250).');
    expect(observabilityGap.cause(finding!)).toContain('between two evaluations');
  });
});

describe('what was seen', () => {
  test('is told with the signals, and with what would go unseen', () => {
    const [finding] = findingsOf(events(hiding(['validation_loss', 'gradient_norm'], 100)));
    expect(finding).toMatchObject({ at: 119, onset: 100, layer: 0, severity: 'firing' });
    expect(observabilityGap.observation(finding!)).toBe(
      'Not emitted for 20 steps (limit 20): gradient_norm, validation_loss.',
    );
    expect(observabilityGap.cause(finding!)).toBe(
      'Nobody would see loss spikes and exploding gradients; overfitting: an alarm that needs a signal stays silent without it.',
    );
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

test('every detector but those of telemetry itself is missed with one of its signals', () => {
  const own: readonly string[] = ['observability-gap', 'over-instrumentation'];
  for (const { id, signals } of detectors) {
    if (own.includes(id)) continue;
    expect(
      told(events(hiding(signals, 60), { activation: 'sigmoid' })).concat(told(events(hiding(signals, 60)))),
    ).toContain('firing@79');
  }
});
