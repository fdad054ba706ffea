// All detectors over one run.
import { describe, expect, test } from 'vitest';
import { Rows } from '../../src/core/layout.ts';
import { pickSettings } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
import { emittedRows, makeMonitor, watchContextOf } from '../../src/detectors/monitor.ts';
import { blindfold, hiddenLayers, layout, repeat, rowsOf, wreck, type Values } from './rows.ts';

const recipe = parseRecipe({});

/** Rows with every column: a gap would be a finding of its own. */
const quiet = (count: number, more: Values = {}): readonly Values[] =>
  repeat(count, () => ({ ...wreck(61, 0)[60], ...more }));
const spike: Values = { ...quiet(1)[0], gradient_norm: 7, loss: 0.25 };
const far: Values = { ...spike, loss: 9 };

function active(monitor: ReturnType<typeof makeMonitor>): readonly string[] {
  return monitor.active.map(({ detector, severity, layer }) => `${detector} ${severity} ${layer}`);
}

describe('a monitor', () => {
  test('hears every detector', () => {
    const heard = [wreck(), blindfold()].flatMap((rows) => {
      const monitor = makeMonitor(recipe, layout);
      monitor.push(rowsOf(rows));
      return monitor.active.map(({ detector }) => detector);
    });
    for (const { id } of detectors) expect(heard).toContain(id);
  });

  test('says nothing while all is well', () => {
    expect(makeMonitor(recipe, layout).push(rowsOf(wreck(500, 0)))).toEqual([]);
  });

  test('reports in order of steps', () => {
    const steps = makeMonitor(recipe, layout)
      .push(rowsOf(wreck()))
      .map((event) => (event.kind === 'raised' ? event.finding.at : event.at));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('keeps one finding per detector and layer: firing in place of the warning', () => {
    const monitor = makeMonitor(recipe, layout);
    monitor.push(rowsOf([...quiet(50), spike]));
    expect(active(monitor)).toEqual(['loss-spike warning 0']);
    monitor.push(rowsOf([far], 51));
    expect(active(monitor)).toEqual(['loss-spike firing 0']);
  });

  test('lets a finding go when it is over, and only that', () => {
    const monitor = makeMonitor(recipe, layout);
    const both = { 'saturation_ratio.1': 1, 'saturation_ratio.2': 1 };
    monitor.push(rowsOf([...quiet(50, both), { ...spike, ...both }]));
    expect(active(monitor)).toEqual(['saturation firing 1', 'saturation firing 2', 'loss-spike warning 0']);
    monitor.push(rowsOf(quiet(50, { 'saturation_ratio.2': 1 }), 51));
    expect(active(monitor)).toEqual(['saturation firing 2']);
  });

  test('says the same of rows in one piece and of the same rows one by one', () => {
    const whole = makeMonitor(recipe, layout).push(rowsOf(wreck()));
    const monitor = makeMonitor(recipe, layout);
    expect(wreck().flatMap((row, step) => monitor.push(rowsOf([row], step)))).toEqual(whole);
  });

  test('holds detectors to the thresholds of the recipe', () => {
    const strict = makeMonitor(parseRecipe({ thresholds: { 'loss-spike.warning': 2 } }), layout);
    const lax = makeMonitor(parseRecipe({ thresholds: { 'loss-spike.warning': 8 } }), layout);
    const rows = [...quiet(50), { ...spike, gradient_norm: 4 }];
    expect(strict.push(rowsOf(rows))).toHaveLength(1);
    expect(lax.push(rowsOf(rows))).toHaveLength(0);
  });

  test('has at most one finding per detector and layer, however long it is fed', () => {
    const monitor = makeMonitor(recipe, layout);
    for (let round = 0; round < 50; round++) monitor.push(rowsOf(wreck(), round * 300));
    const places = active(monitor).map((text) => text.replace(/warning|firing/, ''));
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeLessThanOrEqual(detectors.length * (1 + hiddenLayers));
  });
});

describe('a signal that is not emitted', () => {
  const hides = (...unemitted: string[]) => ({ ...pickSettings(recipe), unemitted });
  const hidden = parseRecipe({
    timeline: [{ at: 40, by: 'edit', change: { kind: 'set', settings: { unemitted: ['gradient_norm'] } } }],
  });

  test('is seen by no detector from the step on at which it was hidden; that it is missing is', () => {
    const monitor = makeMonitor(hidden, layout);
    expect(monitor.push(rowsOf([...quiet(45), ...repeat(30, () => spike)]))).toMatchObject([
      { kind: 'raised', finding: { detector: 'observability-gap', onset: 40, at: 59 } },
    ]);
    expect(active(makeMonitor(recipe, layout))).toEqual([]);
  });

  test('loses its presence bits alone, in the rows of its steps alone', () => {
    const rows = rowsOf(wreck(20, 0));
    const before = rows.words.slice();
    const emitted = emittedRows(rows, (step) => (step < 12 ? hides() : hides('dead_neuron_ratio', 'loss')));
    for (let row = 0; row < 20; row++) {
      expect(emitted.step(row)).toBe(row);
      layout.columns.forEach(({ signal }, column) => {
        const isHidden = row >= 12 && ['dead_neuron_ratio', 'loss'].includes(signal);
        expect(emitted.value(row, column)).toBe(isHidden ? undefined : rows.value(row, column));
      });
    }
    // What was not emitted can be shown afterwards.
    expect(rows.words).toEqual(before);
  });

  test('of every column leaves rows of nothing but their steps', () => {
    const all = [...new Set(layout.columns.map(({ signal }) => signal))];
    const emitted = emittedRows(rowsOf(wreck(3, 0), 7), () => hides(...all));
    const columns = layout.columns.map((_, column) => column);
    for (let row = 0; row < 3; row++) {
      expect(emitted.step(row)).toBe(7 + row);
      expect(columns.filter((column) => emitted.has(row, column))).toEqual([]);
    }
  });

  test('that no layout has is no trouble, and rows of which nothing is hidden are not copied', () => {
    const rows = rowsOf(wreck(3, 0));
    expect(emittedRows(rows, () => hides())).toBe(rows);
    expect(emittedRows(rows, () => hides('no_such_signal')).words).toEqual(rows.words);
    const none = new Rows(layout, new Uint32Array());
    expect(emittedRows(none, () => hides('loss'))).toBe(none);
  });
});

describe('what a detector may know beside the rows', () => {
  test('is of the recipe, and of its timeline up to the first fork where nobody says more', () => {
    const timeline = [
      { at: 10, by: 'edit', change: { kind: 'set', settings: { activation: 'tanh' } } },
      { at: 20, by: 'edit', rewindTo: 5, change: { kind: 'set', settings: { activation: 'elu' } } },
    ];
    const context = watchContextOf(
      parseRecipe({ hidden: [4], train: 640, validation: 300, batch: 32, validateEvery: 7, timeline }),
      layout,
    );
    expect(context).toMatchObject({
      hiddenLayers: 1,
      deadWindow: 20,
      validateEvery: 7,
      batch: 32,
      train: 640,
      validation: 300,
      inputs: 2,
      classes: 2,
    });
    expect([9, 10, 99].map((step) => context.settings(step).activation)).toEqual(['relu', 'tanh', 'tanh']);
  });

  test('is what the run says of its settings and inputs where it says something', () => {
    const settings = { ...pickSettings(recipe), learningRate: 7 };
    const context = watchContextOf(recipe, layout, { settings: () => settings, inputs: 49 });
    expect([context.settings(3), context.inputs]).toEqual([settings, 49]);
  });
});
