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
