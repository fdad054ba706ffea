// What holds for every published rule: robust against any rows, bounded, silent when blind, and told where it is from.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishedRules } from '../../../src/detectors/published/index.ts';
import type { PublishedRule } from '../../../src/detectors/published/rule.ts';
import { signals } from '../../../src/signals/index.ts';
import { columnNames, context, repeat, rowsOf, type Values } from '../rows.ts';
import { alarms, verdicts } from './alarms.ts';

const every: readonly PublishedRule[] = publishedRules;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const anything = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1));
const rowOf = fc.dictionary(fc.constantFrom(...columnNames), anything);
/** Rows in which whole stretches repeat, so that rules which hold over many rows are met; any column may be missing in any stretch. */
const someRows = fc
  .array(fc.tuple(rowOf, fc.integer({ min: 1, max: 80 })), { minLength: 1, maxLength: 6 })
  .map((stretches) => stretches.flatMap(([row, count]) => repeat(count, () => row)))
  .map((rows) => rows.map((row, step): Values => ({ ...row, evaluated_at: step - (step % 10) })));

const constants = [NaN, Infinity, -Infinity, 0, -0, 1, 3.4e38, 1e-45];

function everyColumn(value: number): Values {
  return Object.fromEntries(columnNames.map((name) => [name, value]));
}

/** A healthy run: losses fall, all else is where it should be. */
function healthy(step: number): Values {
  const loss = 1 / (1 + step / 100);
  return {
    ...everyColumn(0),
    loss,
    validation_loss: loss,
    gradient_norm: loss,
    gradient_norm_ratio: 1,
    update_ratio: 0.01,
    evaluated_at: step - (step % 10),
  };
}

/** A run in which all is wrong that a rule could see; the loss goes on rising. */
function wrecked(step: number): Values {
  return {
    ...everyColumn(1),
    loss: 1000 + step,
    validation_loss: 1e6,
    gradient_norm: 1000,
    gradient_norm_ratio: 0,
    update_ratio: 20,
    evaluated_at: step - (step % 10),
  };
}

/** Training loss stays where it was and validation loss climbs. */
function overfitted(step: number): Values {
  return { ...healthy(200), validation_loss: step, evaluated_at: step - (step % 10) };
}

function without(rows: readonly Values[], absent: readonly string[]): readonly Values[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !absent.includes(name.split('.')[0] ?? ''))),
  );
}

describe.each(every)('$id', (rule) => {
  const bad = rule.pattern === 'overfit' ? overfitted : wrecked;
  const broken = repeat(280, (step) => (step < 200 ? healthy(step) : bad(step)));

  test('is quiet in a healthy run and alarmed in a broken one', () => {
    const found = alarms(rule, broken);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toBeGreaterThanOrEqual(200);
  });

  test('is quiet when its signals are absent, whatever the others read', () => {
    expect(alarms(rule, without(broken, rule.signals))).toEqual([]);
    expect(
      alarms(
        rule,
        repeat(100, () => ({})),
      ),
    ).toEqual([]);
  });

  test('is quiet in every row that has none of its signals, whatever came before', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const found = verdicts(rule, rows);
        const blind = rows.map(
          (row) => !Object.keys(row).some((name) => rule.signals.some((id) => id === name.split('.')[0])),
        );
        expect(found.filter((alarm, row) => alarm && blind[row])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('is quiet in columns that the layout lacks', () => {
    const rows = rowsOf(broken);
    const lacking = { ...context.layout, column: () => -1 };
    const watch = rule.watch({ ...context, layout: lacking });
    expect(broken.filter((_, row) => watch(rows, row))).toEqual([]);
  });

  test.each(constants)('bears 300 rows and a single row of nothing but %d', (value) => {
    expect(() =>
      verdicts(
        rule,
        repeat(300, () => everyColumn(value)),
      ),
    ).not.toThrow();
    expect(() => verdicts(rule, [everyColumn(value)])).not.toThrow();
  });

  test.each([NaN, Infinity])(
    'is not poisoned by rows of %d: quiet again in the healthy rows after',
    (value) => {
      const rows = repeat(600, (step) => (step >= 200 && step < 205 ? everyColumn(value) : healthy(step)));
      expect(alarms(rule, rows).filter((row) => row >= 220)).toEqual([]);
    },
  );

  test('bears any rows, and is a pure function of them: twice the same, in one piece or in many', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const whole = verdicts(rule, rows);
        const watch = rule.watch(context);
        expect(rows.map((row, step) => watch(rowsOf([row], step), 0))).toEqual(whole);
        expect(whole.every((verdict) => typeof verdict === 'boolean')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('reads 100,000 rows in under five seconds, and keeps nothing of them', { timeout: 30_000 }, () => {
    const rows = rowsOf(broken);
    const watch = rule.watch(context);
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

  test('says what it is and where it is from', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.title).toMatch(/^\S.+[^.]$/);
    expect(rule.source).toMatch(/^[A-Z].{40,}\.$/);
    const ids: readonly string[] = signals.map(({ id }) => id);
    expect(rule.signals.length).toBeGreaterThan(0);
    for (const id of rule.signals) expect(ids).toContain(id);
  });
});

test('ids and titles are unique', () => {
  expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
  expect(new Set(every.map(({ title }) => title)).size).toBe(every.length);
});

test('a rule that compares with the past says nothing of a first row, however large', () => {
  const comparing = every.filter(({ pattern }) => pattern === 'loss-spike' || pattern === 'stalled');
  for (const rule of comparing) expect(verdicts(rule, [everyColumn(1e30)])).toEqual([false]);
});
