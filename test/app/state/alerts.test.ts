// Detector events as episodes: what one alert is, and which of several the card is about.
import { expect, test } from 'vitest';
import { alertsOf, mainAlert } from '../../../src/app/state/alerts.ts';
import type { Severity } from '../../../src/detectors/detector.ts';
import type { Detected } from '../../../src/worker/protocol.ts';

function raised(detector: string, at: number, severity: Severity = 'firing', layer = 0): Detected {
  const evidence = [{ signal: 'loss', value: 1 }] as const;
  return {
    event: { kind: 'raised', finding: { detector, layer, severity, onset: at, at, evidence } },
    healthyCheckpoint: at - 1,
  };
}

function resolved(detector: string, at: number, layer = 0): Detected {
  return { event: { kind: 'resolved', detector, layer, at }, healthyCheckpoint: 0 };
}

test('a warning that grows is one alert, and what comes after its end another', () => {
  const events = [raised('loss-spike', 10, 'warning'), raised('loss-spike', 12), resolved('loss-spike', 20)];
  expect(alertsOf([...events, raised('loss-spike', 30)])).toMatchObject([
    { raisedAt: 10, resolvedAt: 20, healthyCheckpoint: 11, finding: { at: 12, severity: 'firing' } },
    { raisedAt: 30, resolvedAt: undefined, finding: { at: 30 } },
  ]);
});

test('layers and detectors do not end one another', () => {
  const events = [raised('dead-neurons', 10, 'firing', 1), raised('dead-neurons', 11, 'firing', 2)];
  const alerts = alertsOf([...events, raised('overfit', 12), resolved('dead-neurons', 13, 2)]);
  expect(alerts.map(({ resolvedAt }) => resolvedAt)).toEqual([undefined, 13, undefined]);
});

test('the end of something that never began is nothing', () => {
  expect(alertsOf([resolved('overfit', 3), raised('loss-spike', 4)])).toMatchObject([{ raisedAt: 4 }]);
});

test('the card is about NaN first, then what fires, then the earliest, then what was last', () => {
  const main = (...events: Detected[]) => mainAlert(alertsOf(events))?.finding.detector;
  const [warning, firing] = [raised('loss-spike', 1, 'warning'), raised('overfit', 2)];
  expect(main(warning, firing, raised('nonfinite', 3))).toBe('nonfinite');
  expect(main(warning, firing, raised('stalled', 3))).toBe('overfit');
  expect(main(warning)).toBe('loss-spike');
  expect(main(warning, firing, resolved('loss-spike', 3), resolved('overfit', 4))).toBe('overfit');
  expect(main()).toBeUndefined();
});
