// What holds for every detector: robust against any rows, bounded, silent when blind, and readable.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rows } from '../../src/core/layout.ts';
import type { Detector } from '../../src/detectors/detector.ts';
import { detectorOf, detectors, thresholdNames, thresholdsOf } from '../../src/detectors/index.ts';
import { isBlind } from '../../src/detectors/blindness.ts';
import { ruleYaml } from '../../src/detectors/alertRule.ts';
import { signals } from '../../src/signals/index.ts';
import { prometheusName } from '../../src/signals/prometheus.ts';
import {
  blindfold,
  columnNames,
  context,
  eventsOf,
  findingsOf,
  hiddenLayers,
  repeat,
  rowsOf,
  told,
  wreck,
  type Values,
} from './rows.ts';

const every: readonly Detector[] = detectors;

/** Rows in which this detector has something to find from step 60 on. */
const badRows = (detector: Detector): Rows => rowsOf(detector.readsAbsence ? blindfold() : wreck());

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
const anything = fc.oneof(finite, fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1));
const rowOf = (value: fc.Arbitrary<number>) => fc.dictionary(fc.constantFrom(...columnNames), value);
/** Rows in which whole stretches repeat, so that rules which hold over many rows are met. */
const rowsWith = (value: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(rowOf(value), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 8 })
    .map((stretches) => stretches.flatMap(([row, count]) => repeat(count, () => row)))
    .map((rows) => rows.map((row, step): Values => ({ ...row, evaluated_at: step - (step % 10) })));

const constants = [NaN, Infinity, -Infinity, 0, -0, 1, 3.4e38, 1e-45];

function everyColumn(value: number): Values {
  return Object.fromEntries(columnNames.map((name) => [name, value]));
}

describe.each(every)('$id', (detector) => {
  const limits = detector.thresholds;

  test('fires when all goes wrong, and says where it can tell', () => {
    const findings = findingsOf(eventsOf(detector, badRows(detector)));
    expect(findings.map(({ severity }) => severity)).toContain('firing');
    for (const finding of findings) {
      expect(finding.detector).toBe(detector.id);
      expect(finding.onset).toBeLessThanOrEqual(finding.at);
      expect(finding.at).toBeGreaterThanOrEqual(60);
    }
  });

  test('says nothing while all is well', () => {
    expect(told(eventsOf(detector, rowsOf(wreck(500, 0))))).toEqual([]);
  });

  test('says nothing when its signals are absent, whatever the others read; unless absence is what it reports', () => {
    const blind = wreck().map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(([name]) => !detector.signals.some((id) => name.split('.')[0] === id)),
      ),
    );
    const reports = detector.readsAbsence === true;
    expect(eventsOf(detector, rowsOf(blind)).length > 0).toBe(reports);
    expect(eventsOf(detector, rowsOf(repeat(100, () => ({})))).length > 0).toBe(reports);
  });

  test('says nothing once a signal has gone that makes it blind, whatever the others read', () => {
    const blinding = detector.signals.filter(
      (signal) => !detector.readsAbsence && isBlind(detector, [signal]),
    );
    for (const signal of blinding) {
      const blind = wreck().map((row, step) =>
        Object.fromEntries(
          Object.entries(row).filter(([name]) => step < 30 || name.split('.')[0] !== signal),
        ),
      );
      expect(eventsOf(detector, rowsOf(blind))).toEqual([]);
    }
  });

  test('reads signals that there are', () => {
    const ids: readonly string[] = signals.map(({ id }) => id);
    expect(detector.signals.length).toBeGreaterThan(0);
    for (const id of detector.signals) expect(ids).toContain(id);
  });

  test.each(constants)('bears 300 rows of nothing but %d', (value) => {
    expect(() => eventsOf(detector, rowsOf(repeat(300, () => everyColumn(value))))).not.toThrow();
  });

  test.each(constants)('bears a single row of %d', (value) => {
    expect(() => eventsOf(detector, rowsOf([everyColumn(value)]))).not.toThrow();
  });

  test('bears any rows, raises before it resolves, and never repeats itself', () => {
    fc.assert(
      fc.property(rowsWith(anything), (rows) => {
        const open = new Map<number, string>();
        for (const event of eventsOf(detector, rowsOf(rows))) {
          if (event.kind === 'resolved') {
            expect(open.delete(event.layer)).toBe(true);
          } else {
            const { layer, severity } = event.finding;
            expect([undefined, 'warning']).toContain(open.get(layer));
            expect(severity).not.toBe(open.get(layer));
            open.set(layer, severity);
          }
          expect(open.size).toBeLessThanOrEqual(1 + hiddenLayers);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is a pure function of the rows: twice the same, in one piece or in many', () => {
    fc.assert(
      fc.property(rowsWith(anything), (values) => {
        const whole = eventsOf(detector, rowsOf(values));
        const watch = detector.watch(context, limits);
        const pieces = values.flatMap((row, step) => watch(rowsOf([row], step), 0));
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('never says “NaN” or “undefined” of finite rows', () => {
    fc.assert(
      fc.property(rowsWith(finite), (rows) => {
        for (const finding of findingsOf(eventsOf(detector, rowsOf(rows)))) {
          const words = `${detector.observation(finding)} ${detector.cause(finding)}`;
          // “NaN or infinite” is what the detector of that name is for.
          expect(words.replaceAll('NaN or infinite', '')).not.toMatch(/undefined|NaN/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('reads 100,000 rows in under five seconds, and keeps nothing of them', { timeout: 30_000 }, () => {
    const rows = rowsOf([
      ...wreck(900, 100),
      ...repeat(100, () => ({})),
      ...repeat(100, () => everyColumn(NaN)),
    ]);
    const watch = detector.watch(context, limits);
    const feed = (count: number) => {
      for (let row = 0; row < count; row++) watch(rows, row % rows.count);
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = feed(5000);
    const started = performance.now();
    const grown = feed(100_000) - before;
    expect(performance.now() - started).toBeLessThan(5000);
    // One kept number a row would be 800,000 bytes.
    expect(grown).toBeLessThan(400_000);
  });

  test('observes with numbers and gives a cause, each in sentences', () => {
    for (const finding of findingsOf(eventsOf(detector, badRows(detector)))) {
      const observation = detector.observation(finding);
      expect(observation).toMatch(/\d/);
      expect(observation).toMatch(/\.$/);
      expect(detector.cause(finding)).toMatch(/^[A-Z].+\.$/);
      expect(`${observation} ${detector.cause(finding)}`.replaceAll('NaN or infinite', '')).not.toMatch(
        /undefined|NaN/,
      );
    }
  });

  test('holds every value against the threshold that it shows', () => {
    for (const { evidence } of findingsOf(eventsOf(detector, badRows(detector)))) {
      expect(evidence[0].threshold).toBeDefined();
      for (const { value, baseline = 1, threshold = 0 } of evidence)
        expect([value, baseline, threshold].every(Number.isFinite)).toBe(true);
    }
  });

  test('states its rule with the thresholds in force', () => {
    expect(detector.rule(limits)).toMatch(/\.$/);
    for (const [name, value] of Object.entries(limits)) {
      const shown = (rule: string, number: number) =>
        rule.includes(String(number)) || rule.includes(`${Math.round(number * 100)} %`);
      expect(shown(detector.rule(limits), value)).toBe(true);
      expect(shown(detector.rule({ ...limits, [name]: 0.77 }), 0.77)).toBe(true);
    }
  });

  test('writes alert rules over metrics that there are, with its thresholds and without gaps', () => {
    const known: readonly string[] = signals.map(prometheusName);
    const rules = detector.alertRules(limits);
    for (const rule of rules) {
      expect(ruleYaml(rule)).not.toMatch(/undefined|NaN(?! | and| or)/);
      expect(rule.limits).toMatch(/\.$/);
      const metrics = rule.expr.match(/(?:training|telemetry)_\w+/g) ?? [];
      expect(metrics.length).toBeGreaterThan(0);
      for (const metric of metrics) expect(known).toContain(metric);
    }
    const first = Object.keys(limits)[0];
    const text = (changed: Readonly<Record<string, number>>) =>
      detector.alertRules(changed).map(ruleYaml).join('\n');
    if (first !== undefined) expect(text({ ...limits, [first]: 0.77 })).not.toBe(text(limits));
  });

  test('takes each threshold from the recipe where it says one', () => {
    expect(thresholdsOf(detector, {})).toEqual(limits);
    for (const name of Object.keys(limits)) {
      const overridden = thresholdsOf(detector, {
        [`${detector.id}.${name}`]: 0.77,
        [name]: 3,
        'other.ratio': 4,
      });
      expect(overridden).toEqual({ ...limits, [name]: 0.77 });
      expect(thresholdNames).toContain(`${detector.id}.${name}`);
    }
  });

  test('is found by its id', () => {
    expect(detector.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(detectorOf(detector.id)).toBe(detector);
  });
});

test('ids are unique, and thresholds name no other', () => {
  expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
  expect(thresholdNames).toHaveLength(new Set(thresholdNames).size);
  expect(thresholdNames).toHaveLength(
    every.reduce((sum, { thresholds }) => sum + Object.keys(thresholds).length, 0),
  );
});

test('an unknown detector is an error that lists those there are', () => {
  for (const { id } of every) expect(() => detectorOf('drift')).toThrow(id);
});
