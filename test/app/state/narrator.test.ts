// The narrator says what happened and what to do, in every situation.
import { expect, test } from 'vitest';
import type { Alert } from '../../../src/app/state/alerts.ts';
import type { Facts } from '../../../src/app/state/facts.ts';
import { narrate } from '../../../src/app/state/narrator.ts';
import { momentOf } from '../../../src/app/state/spoken.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import type { Evidence, Severity } from '../../../src/detectors/detector.ts';

const healthy: Facts = {
  postMortem: undefined,
  status: { kind: 'training' },
  problems: [],
  chapter: 'healthy',
  runName: 'A',
  step: 10,
  data: 'circle',
  hidden: [16, 16],
  learned: false,
  waiting: undefined,
  accuracy: { right: 'right', now: 0.77, beforeFault: undefined, training: 0.78, isEmitted: true },
  faults: [],
  staged: [],
  alert: undefined,
  gap: undefined,
  alertValue: undefined,
  peak: undefined,
  lossIsNaN: false,
  remedy: undefined,
  receipt: undefined,
  held: undefined,
};

const raised = { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } } as const;
const broken: Facts = { ...healthy, chapter: 'broken', learned: true, step: 405, faults: [raised] };

function alert(detector: string, severity: Severity, evidence: [Evidence, ...Evidence[]], layer = 0): Alert {
  const finding = { detector, layer, severity, onset: 402, at: 402, evidence };
  return { finding, raisedAt: 402, resolvedAt: undefined, healthyCheckpoint: 384 };
}

function said(facts: Partial<Facts>, base = healthy): string {
  const { happened, next } = narrate({ ...base, ...facts });
  return `${happened} | ${next}`;
}

test('a network that learns, and one that has learned', () => {
  expect(said({})).toBe('A network is learning to tell a disk from the ring around it. | 77 % right so far.');
  expect(said({ learned: true, accuracy: { ...healthy.accuracy, now: 0.91 } })).toBe(
    'It has learned: 91 % right. | Now break it.',
  );
});

test('a fault is told with its step', () => {
  expect(said({}, broken)).toBe('You raised the learning rate ×10 at step 402. | Watch the signals.');
});

test('a fault that waits for the network to learn', () => {
  expect(said({ waiting: { by: 'raise-rate', untilAbout: 120 } })).toBe(
    'Raise the learning rate: as soon as it has learned. | Fast-forward to about step 120.',
  );
});

const spike: [Evidence, Evidence] = [
  { signal: 'gradient_norm', value: 6, baseline: 1, threshold: 5 },
  { signal: 'loss', value: 0.22, baseline: 0.21 },
];

test('a warning', () => {
  expect(
    said({ alert: alert('loss-spike', 'warning', spike), peak: { gradient: 6, loss: 1.1 } }, broken),
  ).toBe('gradient_norm is 6.0× its average. | Nothing is broken yet.');
});

test('a spike that fires', () => {
  const facts = { alert: alert('loss-spike', 'firing', spike), peak: { gradient: 13, loss: 15 } };
  expect(said(facts, broken)).toBe(
    'gradient_norm jumped to 13× its average, the loss 15× what it was. | Try a remedy, or press again.',
  );
});

test('a spike that is over, while its cause is not', () => {
  const over = { ...alert('loss-spike', 'firing', spike), resolvedAt: 411 };
  expect(said({ alert: over, peak: { gradient: 13, loss: 15 } }, broken)).toBe(
    'A spike of 9 steps: gradient_norm 13× its average, the loss 15× what it was. | Its cause is still in force: try a remedy.',
  );
});

const dead: [Evidence] = [{ signal: 'dead_neuron_ratio', value: 0.25, threshold: 0.2 }];

test('dead neurons are counted, and a harm is told from an alert without one', () => {
  const facts = { alert: alert('dead-neurons', 'firing', dead, 1), alertValue: 0.875 };
  expect(
    said(
      {
        ...facts,
        accuracy: { right: 'right', now: 0.77, beforeFault: 0.91, training: 0.7, isEmitted: true },
      },
      broken,
    ),
  ).toBe(
    '14 of 16 neurons in layer 1 are dead. | Right on validation: 77 %. More training will not help: no gradient reaches them.',
  );
  expect(
    said(
      {
        ...facts,
        accuracy: { right: 'right', now: 0.91, beforeFault: 0.91, training: 0.9, isEmitted: true },
      },
      broken,
    ),
  ).toContain('an alert is not a harm');
});

test('overfitting says both accuracies', () => {
  const evidence: [Evidence] = [{ signal: 'validation_loss / loss', value: 1.4, threshold: 1.3 }];
  const facts = { alert: alert('overfit', 'firing', evidence), alertValue: 3 };
  expect(
    said(
      {
        ...facts,
        accuracy: { right: 'right', now: 0.78, beforeFault: 0.91, training: 0.92, isEmitted: true },
      },
      broken,
    ),
  ).toBe(
    'Validation loss is 3.0× training loss. | Right on training 92 %, on validation 78 %: it learns its examples by heart.',
  );
});

test('a gap is told until something else is pressed, and when nothing fires after that', () => {
  const evidence: [Evidence] = [{ signal: 'validation_loss', value: 20, threshold: 20 }];
  const gap = alert('observability-gap', 'firing', evidence);
  const hidden: Intervention = {
    at: 383,
    by: 'hide-signals',
    change: { kind: 'set', settings: { unemitted: ['validation_loss'] } },
  };
  const told = 'Not emitted: validation_loss. | A dark lamp means nothing. Would you ship this?';
  expect(said({ gap, faults: [hidden] }, broken)).toBe(told);
  expect(said({ gap })).toBe(told);
  const later = { ...raised, at: 410 };
  const pressed = 'You raised the learning rate ×10 at step 410.';
  const faults = [hidden, later];
  expect(said({ gap, faults, step: 415 }, broken)).toBe(`${pressed} | Watch the signals.`);
  expect(said({ gap, faults, step: 710 }, broken)).toBe(
    `${pressed} | Every signal is quiet, and one is dark. Would you ship this?`,
  );
  const facts = { alert: alert('dead-neurons', 'firing', dead, 1), gap };
  expect(said(facts, broken)).toContain('of 16 neurons in layer 1 are dead.');
});

test('NaN, and where to rewind to', () => {
  const evidence: [Evidence] = [{ signal: 'nonfinite_loss', value: 128 }];
  expect(said({ alert: alert('nonfinite', 'firing', evidence), lossIsNaN: true }, broken)).toBe(
    'The loss is NaN: a number overflowed, and every number computed from it is NaN too. | Rewind to step 384.',
  );
});

test('repaired, with steps lost and what it would have cost', () => {
  const receipt = {
    discarded: 18,
    regained: 0,
    compared: true,
    lost: { steps: 18, open: false },
    without: { steps: 1598, open: true },
    watchedTo: 2000,
    horizon: 2000,
  };
  const facts: Partial<Facts> = {
    chapter: 'repaired',
    remedy: 'learning rate ÷ 10, from step 384',
    receipt,
    accuracy: { right: 'right', now: 0.91, beforeFault: undefined, training: 0.9, isEmitted: true },
  };
  expect(said(facts, broken)).toBe(
    'Repaired: 91 % again, 18 steps lost. | Without the alert you would have lost at least 1,598.',
  );
  const accuracy = {
    right: 'right',
    now: undefined,
    beforeFault: undefined,
    training: 0.9,
    isEmitted: false,
  };
  expect(said({ ...facts, accuracy }, broken)).toMatch(/^Repaired: 18 steps lost\./);
  const unknown = { ...receipt, regained: undefined, compared: false };
  expect(said({ ...facts, receipt: unknown }, broken)).toContain('It is being compared');
});

test('dead neurons without a fault to compare with are not called harmless', () => {
  const facts = { alert: alert('dead-neurons', 'firing', dead, 1), alertValue: 1 };
  const accuracy = { right: 'right', now: 0.5, beforeFault: undefined, training: 0.5, isEmitted: true };
  expect(said({ ...facts, accuracy }, broken)).not.toContain('not a harm');
});

test.each([
  ['held', 'It held: right on validation never fell below 90 %.'],
  ['dipped', 'It bent: 90 % right at the worst, 77 % now.'],
  ['failed', 'It did not hold: right on validation fell to 90 %.'],
] as const)('a replay that %s', (verdict, happened) => {
  const run = {
    faultAt: 402,
    lastStep: 800,
    before: 0.91,
    lowest: 0.9,
    now: 0.91,
    alerts: [],
    detector: 'loss-spike',
  };
  expect(said({ chapter: 'replayed', held: { verdict, run, alert: undefined } }, broken)).toContain(happened);
});

test('a damaged link, a run that failed, one that loads and one at its limit', () => {
  expect(said({ problems: [{ field: 'train', value: -3, reason: 'must be more' }] })).toBe(
    'Recipe field “train” is -3: must be more. | The link was opened without it.',
  );
  expect(said({ status: { kind: 'failed', text: 'No adapter.' } })).toBe(
    'No adapter. | Press Reset to start again.',
  );
  expect(said({ status: { kind: 'loading', what: 'digits', loaded: 50, total: 100 } })).toBe(
    'Loading digits. 50 % | ',
  );
  expect(said({ status: { kind: 'paused', reason: 'limit' }, step: 9999 })).toContain(
    'Stopped at step 10,000',
  );
});

test('another alert is news; where alerts are covered it is not, for that would tell', () => {
  const line = { happened: 'Call it.', next: '' };
  const alarmed = { ...broken, alert: alert('loss-spike', 'firing', spike) };
  expect(momentOf(alarmed, line, false)).not.toBe(momentOf(broken, line, false));
  expect(momentOf(alarmed, line, true)).toBe(momentOf(broken, line, true));
});
