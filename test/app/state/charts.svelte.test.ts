// Which charts are up, and what they draw of what nobody emitted.
import { describe, expect, test } from 'vitest';
import { chartLines, chartSpec, chosenCharts, isDark, type DrawnRun } from '../../../src/app/state/charts.ts';
import { chartSpecs, type ChartId } from '../../../src/app/state/chartSpecs.ts';
import { History } from '../../../src/app/state/history.svelte.ts';
import { unemittedOf } from '../../../src/app/state/unemitted.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { detectors } from '../../../src/detectors/index.ts';
import { scenarios } from '../../../src/scenarios/index.ts';
import { layout, packedRows } from './rows.ts';

const ids = Object.keys(chartSpecs) as ChartId[];
const recipe = parseRecipe({});
const context = { recipe, inputs: 2 };

function historyOf(count: number): History {
  const history = new History(layout, 10, 2);
  history.append(
    packedRows(0, count, (step) => ({
      loss: 0.2,
      gradientNorm: 1,
      ...(step % 10 === 0 && { validation: [0.3, 0.9] as const }),
    })),
  );
  return history;
}

function drawn(hide: readonly string[], from: number, reveals = true): DrawnRun {
  const change = { kind: 'set', settings: { unemitted: [...hide] } } as const;
  const unemitted = unemittedOf({
    recipe: parseRecipe({ timeline: [{ at: from, by: 'edit', change }] }),
    generation: 0,
  });
  return { name: 'A', part: 'looked', history: historyOf(101), unemitted, reveals };
}

test.each(detectors)('$id has charts of its own, or those of the loss', ({ id }) => {
  const charts = chosenCharts({ detector: id, evidence: [{ signal: 'loss', value: 1 }] }, undefined);
  expect(charts).toHaveLength(3);
  expect(new Set(charts).size).toBe(3);
});

test('a gap shows the chart of the signal that is gone', () => {
  const evidence = [{ signal: 'validation_loss', value: 20 }] as const;
  expect(chosenCharts({ detector: 'observability-gap', evidence }, undefined)).toContain('generalization');
});

test('a pressed lamp’s chart takes the middle place', () => {
  expect(chosenCharts(undefined, 'kl')).toEqual(['loss', 'kl', 'accuracy']);
});

describe.each(ids)('%s', (id) => {
  test.each(scenarios)('has its thresholds on its axis in $id', ({ recipe }) => {
    const { thresholds, scale } = chartSpec(id, { recipe, inputs: 2 });
    for (const { value, name } of thresholds) {
      expect(value, name).toBeGreaterThanOrEqual(scale.low);
      expect(value, name).toBeLessThanOrEqual(scale.high);
    }
  });
});

test('the limit of a divergence is the calibrated one unless another is asked for', () => {
  const asked = parseRecipe({ thresholds: { 'input-shift.kl': 0.5 } });
  expect(chartSpec('kl', context).thresholds[0]?.value).toBeCloseTo(0.044, 2);
  expect(chartSpec('kl', { recipe: asked, inputs: 2 }).thresholds[0]?.value).toBe(0.5);
});

test('what was not emitted is not drawn before the run is shipped', () => {
  const lines = (from: number) =>
    chartLines(
      chartSpec('norm', context),
      [drawn(['gradient_norm'], from, false)],
      { from: 0, to: 100 },
      600,
    );
  const [seen, ...others] = lines(60);
  expect(others).toEqual([]);
  expect(Array.from(seen?.values ?? []).findLastIndex((value) => value !== null)).toBe(59);
  expect(lines(0)).toEqual([]);
});

test('after shipping, what was not emitted is drawn grey, from the step on at which it was hidden', () => {
  const run = drawn(['gradient_norm'], 60);
  const [seen, unseen] = chartLines(chartSpec('norm', context), [run], { from: 0, to: 100 }, 600);
  expect([seen?.tone, unseen?.tone]).toEqual(['ink', 'ghost']);
  const steps = (line: typeof seen) =>
    Array.from(line?.steps ?? []).filter((_, at) => line?.values[at] !== null);
  expect(steps(seen).at(-1)).toBe(59);
  expect(steps(unseen)[0]).toBe(60);
});

test('a chart is dark where nothing of it is emitted', () => {
  const { unemitted } = drawn(['validation_loss'], 0);
  expect(isDark(chartSpec('generalization', context), unemitted, 50)).toBe(true);
  expect(isDark(chartSpec('loss', context), unemitted, 50)).toBe(false);
});
