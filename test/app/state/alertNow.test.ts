// What an alert says of the moment after: only where its number has moved.
import { expect, test } from 'vitest';
import { alertNow } from '../../../src/app/state/alertNow.ts';
import type { Alert } from '../../../src/app/state/alerts.ts';
import type { Evidence } from '../../../src/detectors/detector.ts';

function alert(detector: string, ...evidence: [Evidence, ...Evidence[]]): Alert {
  const finding = { detector, layer: 1, severity: 'firing', onset: 1, at: 1, evidence } as const;
  return { finding, raisedAt: 1, resolvedAt: undefined, healthyCheckpoint: 0 };
}

const dead = alert('dead-neurons', { signal: 'dead_neuron_ratio', value: 0.25 });
const overfit = alert('overfit', { signal: 'validation_loss / loss', value: 1.4 });
const spike = alert(
  'loss-spike',
  { signal: 'gradient_norm', value: 17, baseline: 1 },
  { signal: 'loss', value: 2, baseline: 0.2 },
);

test('dead neurons and overfitting: the ratio now', () => {
  expect(alertNow({ alert: dead, alertValue: 0.88, peak: undefined })).toBe('Now 88 %.');
  expect(alertNow({ alert: dead, alertValue: 0.26, peak: undefined })).toBe('');
  expect(alertNow({ alert: overfit, alertValue: 12, peak: undefined })).toBe('Now 12×.');
});

test('a spike: its highest so far', () => {
  const peak = { gradient: 56, loss: 405 };
  expect(alertNow({ alert: spike, alertValue: undefined, peak })).toBe('At its highest 56×, the loss 405×.');
  expect(alertNow({ alert: spike, alertValue: undefined, peak: { gradient: 17, loss: 10 } })).toBe('');
});

test('nothing of an alert that is over, or of none', () => {
  expect(alertNow({ alert: undefined, alertValue: 1, peak: undefined })).toBe('');
  expect(alertNow({ alert: { ...dead, resolvedAt: 9 }, alertValue: 0, peak: undefined })).toBe('');
});
