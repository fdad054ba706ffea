// What telemetry costs, in words from measured figures alone.
import { expect, test } from 'vitest';
import { limitLines, slowdownLine } from '../../../src/app/state/comparisonWords.ts';
import { chipText, costLine, exportLine, savedLine, shareText } from '../../../src/app/state/costWords.ts';
import type { LevelMeasurement, TelemetryCost } from '../../../src/worker/protocol.ts';

const core: TelemetryCost = {
  level: 'core',
  step: 400,
  stepsPerExport: 300,
  export: { series: 13, recorded: 13, points: 22, bytes: 1432, gzip: 700, milliseconds: 0.0223 },
  stepMilliseconds: 0.4,
  telemetryMilliseconds: 0.001,
  points: 66,
  dropped: 0,
  queued: 0,
};
const everything: TelemetryCost = {
  ...core,
  level: 'per-weight',
  stepsPerExport: 1,
  export: { series: 847, recorded: 847, points: 847, bytes: 91_000, gzip: 9000, milliseconds: 1.2 },
  telemetryMilliseconds: 1.2,
};
const capped = { ...everything, export: { ...everything.export, recorded: 400 } };

test('the chip tells series at once, and the rest once that many were measured', () => {
  expect(chipText(undefined, undefined)).toBe('–');
  expect(chipText(13, undefined)).toBe('13 series');
  expect(chipText(13, core)).toBe('13 series · 1.4 kB · 0.02 ms');
  expect(chipText(847, core)).toBe('847 series');
  expect(chipText(847, everything)).toBe('847 series · 91 kB · 1.2 ms');
  expect(chipText(847, capped)).toBe('847 series ≈ 91 kB · 1.2 ms');
});

test('an export, how often there is one, and its share of a step', () => {
  expect(exportLine(core)).toBe('One export: 13 series, 1.4 kB, 0.02 ms. One every 300 steps.');
  expect(costLine(everything)).toBe('91 kB a step, 75 % of its time.');
  expect(costLine(capped)).toBe('≈ 91 kB a step, ≈ 75 % of its time.');
  expect([shareText(0), shareText(0.0025), shareText(0.75), shareText(NaN)]).toEqual([
    '0 %',
    '< 1 %',
    '75 %',
    'NaN',
  ]);
});

test('what the remedy saved is the difference of two measurements a step; nothing where nothing was saved', () => {
  expect(savedLine(everything, core)).toBe('13 series instead of 847 save 91 kB and 1.2 ms a step.');
  expect(savedLine(core, everything)).toBeUndefined();
  expect(savedLine(core, core)).toBeUndefined();
});

function level(
  name: TelemetryCost['level'],
  stepsPerSecond: number,
  limited: Partial<TelemetryCost['export']> = {},
) {
  const full = everything.export;
  return {
    level: name,
    stepsPerSecond,
    export: full,
    limited: { ...full, ...limited },
  } satisfies LevelMeasurement;
}

test('flat out, the slowest level is told, and no slowdown that is within the clock’s noise', () => {
  expect(slowdownLine([level('core', 2400), level('per-neuron', 2000), level('per-weight', 600)])).toBe(
    '2,400 steps/s at core, 600 at per-weight: training is 4.0× slower.',
  );
  expect(slowdownLine([level('core', 1000), level('per-weight', 990)])).toBe(
    'No level slowed training measurably: 1,000 steps/s at core, 990 at per-weight.',
  );
  expect(slowdownLine([])).toBe('');
});

test('the SDK’s limit: bytes and time as measured, or that it is not reached', () => {
  expect(limitLines([level('core', 1)])).toEqual([
    'The SDK’s own limit, 2,000 series per instrument, is reached at no level here: it changes nothing.',
  ]);
  const cut = (milliseconds: number) =>
    limitLines([level('per-weight', 1, { points: 8, bytes: 1820, milliseconds })])[0];
  expect(cut(1.19)).toMatch(/cuts the bytes of per-weight by 98 % and saves no time\.$/);
  expect(cut(0.6)).toMatch(/and saves 50 % of the time\.$/);
  expect(cut(1.5)).toMatch(/and takes 25 % more time\.$/);
});
