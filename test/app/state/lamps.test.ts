// The lamps: state from the alerts in force, value from the rows.
import { expect, test } from 'vitest';
import type { Alert } from '../../../src/app/state/alerts.ts';
import { lampViews, overallState, type LampValues } from '../../../src/app/state/lamps.ts';
import { pickSettings } from '../../../src/core/settings.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import type { Finding, Severity } from '../../../src/detectors/detector.ts';

const settings = pickSettings(parseRecipe({}));
const quiet: LampValues = {
  gradientShare: 0.7,
  loss: 0.21,
  generalization: 1.04,
  deadRatio: 0,
  nonfinite: 0,
  divergence: 0.012,
  settings,
  evaluationAge: 3,
  series: 13,
  cost: undefined,
  unemitted: [],
  active: [],
  gap: undefined,
};

function alert(detector: string, severity: Severity): Alert {
  const evidence = [
    { signal: 'gradient_norm', value: 13, baseline: 1 },
    { signal: 'loss', value: 3, baseline: 0.2 },
  ] as const;
  const finding = { detector, layer: 0, severity, onset: 1, at: 1, evidence } as const;
  return { finding, raisedAt: 1, resolvedAt: undefined, healthyCheckpoint: 0 };
}

function lamp(id: string, values: Partial<LampValues>) {
  return lampViews({ ...quiet, ...values }).find((view) => view.id === id)!;
}

test('all are clear on a healthy run', () => {
  expect(lampViews(quiet).map(({ state }) => state)).toEqual(Array(7).fill('clear'));
  expect(lampViews(quiet).map(({ value }) => value)).toEqual([
    '0.70×',
    '0.21',
    '1.0',
    '0 %',
    '0',
    '0.012',
    '13 series',
  ]);
});

test.each([
  ['gradient_norm', 'loss-spike'],
  ['generalization', 'overfit'],
  ['dead_neuron_ratio', 'dead-neurons'],
  ['nonfinite', 'nonfinite'],
  ['input_kl_divergence', 'input-shift'],
  ['gradient_norm', 'exploding-gradient'],
  ['loss', 'stalled'],
  ['telemetry_series', 'over-instrumentation'],
] as const)('%s follows %s', (id, detector) => {
  expect(lamp(id, { active: [alert(detector, 'firing')] }).state).toBe('firing');
});

test('in a spike the loss lights by how far it left its average', () => {
  const active = [alert('loss-spike', 'warning')];
  expect(lamp('loss', { active, loss: 0.22 }).state).toBe('clear');
  expect(lamp('loss', { active, loss: 0.5 }).state).toBe('warning');
  expect(lamp('loss', { active, loss: 3 }).state).toBe('firing');
  expect(lamp('loss', { active, loss: NaN }).state).toBe('firing');
});

test('dead neurons do not apply where there is a gradient below zero', () => {
  expect(lamp('dead_neuron_ratio', { settings: { ...settings, activation: 'leaky-relu' } })).toMatchObject({
    state: 'none',
    value: 'not applicable',
  });
});

test('a lamp whose signal is not emitted is dark, whatever the signal would say', () => {
  const active = [alert('overfit', 'firing')];
  expect(
    lamp('generalization', { active, generalization: 12, unemitted: ['validation_loss'] }),
  ).toMatchObject({
    state: 'dark',
    value: 'not emitted',
  });
  expect(lamp('gradient_norm', { active, unemitted: ['validation_loss'] }).state).toBe('clear');
});

test('a dark lamp says what nobody sees without its own signal', () => {
  const evidence = [
    { signal: 'validation_loss', value: 20, threshold: 20 },
    { signal: 'gradient_norm', value: 20, threshold: 20 },
  ] as const;
  const gap: Finding = {
    detector: 'observability-gap',
    layer: 0,
    severity: 'firing',
    onset: 40,
    at: 59,
    evidence,
  };
  const unemitted = ['validation_loss', 'gradient_norm'];
  expect(lamp('generalization', { unemitted, gap }).about).toBe(
    'Not emitted since step 40. Blind without it: Overfitting. Sees less: Loss spike, Stalled.',
  );
  expect(lamp('generalization', { unemitted }).about).toMatch(/^Not emitted. Blind without it: Overfitting/);
  expect(lamp('generalization', { unemitted }).hidden).toEqual(['validation_loss']);
  expect(lamp('loss', { unemitted, gap }).about).toBe(lamp('loss', {}).about);
});

test('evaluations that come too rarely darken the lamps of what they evaluate, unless those have something to say', () => {
  const evidence = [{ signal: 'evaluated_at', value: 100, threshold: 100 }] as const;
  const gap: Finding = {
    detector: 'observability-gap',
    layer: 0,
    severity: 'firing',
    onset: 0,
    at: 100,
    evidence,
  };
  const views = lampViews({ ...quiet, gap, evaluationAge: 325 });
  expect(views.filter(({ state }) => state === 'dark').map(({ id }) => id)).toEqual([
    'generalization',
    'input_kl_divergence',
  ]);
  expect(views.find(({ id }) => id === 'generalization')?.value).toBe('325 steps old');
  expect(lamp('generalization', { gap, active: [alert('overfit', 'firing')] }).state).toBe('firing');
  expect(overallState(views, [])).toBe('clear');
});

test('the lamp beside the name counts alerts that have no lamp of their own', () => {
  expect(overallState(lampViews(quiet), [])).toBe('clear');
  expect(overallState(lampViews(quiet), [alert('vanishing-gradient', 'firing')])).toBe('firing');
});
