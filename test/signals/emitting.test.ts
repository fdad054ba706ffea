// The core signals to emit elsewhere: complete, under our names, and the committed page.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coreSignalsPage } from '../../src/cli/coreSignals/page.ts';
import { signalRule } from '../../src/detectors/signalRules.ts';
import { coreSignals, emitLines, preamble } from '../../src/signals/emitting.ts';
import { prometheusName } from '../../src/signals/prometheus.ts';

test('docs/core-signals.md is what `tsx src/cli/coreSignals.ts` writes', () => {
  expect(readFileSync('docs/core-signals.md', 'utf8')).toBe(coreSignalsPage());
});

test('every core signal has its lines', () => {
  expect(coreSignals.map(({ id }) => id)).toEqual(Object.keys(emitLines));
});

describe.each(coreSignals)('$id', (signal) => {
  const { id, metric, unit, scope } = signal;

  test.each(['pytorch', 'keras'] as const)('is emitted in one line of %s under its name', (framework) => {
    const line = emitLines[id][framework];
    expect(line).not.toContain('\n');
    expect(line).toContain(`emit("${metric}", `);
    expect(line.includes('{"layer.name": layer}')).toBe(scope === 'layer');
    expect(preamble).toContain(`"${metric}": "${unit}"`);
  });

  test('has an alert rule that reads it', () => {
    const { expr } = signalRule(signal);
    expect(expr.match(/(?:training|telemetry)_\w+/g)).toContain(prometheusName(signal));
  });
});
