// The meter of what telemetry costs: which figures its sums come to.
import { expect, test } from 'vitest';
import { CostMeter } from '../../src/worker/costMeter.ts';

const body = new Uint8Array(1000);

test('above the core every step is an export, however many were computed before they are told of', () => {
  const meter = new CostMeter();
  const breadth = { level: 'per-weight', series: 847, recorded: 847 } as const;
  for (let chunk = 0; chunk < 3; chunk++) {
    for (let step = 0; step < 4; step++) meter.exported({ points: 847, body }, breadth, 1.5);
    meter.stepped(4, 2);
  }
  expect(meter.due(12)).toMatchObject({
    stepsPerExport: 1,
    stepMilliseconds: 0.5,
    telemetryMilliseconds: 1.5,
  });
});

test('a run that comes to rest tells at once, and then nothing: without a step its share of the time would be all of it', () => {
  const meter = new CostMeter();
  meter.exported({ points: 847, body }, { level: 'per-weight', series: 847, recorded: 847 }, 1.5);
  meter.stepped(1, 2);
  expect(meter.due(1)).toBeDefined();
  meter.stepped(1, 2);
  expect(meter.due(2)).toBeUndefined();
  expect(meter.due(2, true)).toMatchObject({ step: 2, stepMilliseconds: 2 });
  for (let rest = 0; rest < 4; rest++) meter.due(2, true);
  expect(meter.due(2, true)).toBeUndefined();
});
