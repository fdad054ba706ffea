// All detectors over one run.
import { describe, expect, test } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
import { makeMonitor } from '../../src/detectors/monitor.ts';
import { hiddenLayers, layout, repeat, rowsOf, wreck, type Values } from './rows.ts';

const recipe = parseRecipe({});
const quiet = (count: number, more: Values = {}) =>
  repeat(count, () => ({ gradient_norm: 1, loss: 0.5, 'dead_neuron_ratio.1': 0, ...more }));
const spike: Values = { gradient_norm: 7, loss: 3, 'dead_neuron_ratio.1': 0 };

function active(monitor: ReturnType<typeof makeMonitor>): readonly string[] {
  return monitor.active.map(({ detector, severity, layer }) => `${detector} ${severity} ${layer}`);
}

describe('a monitor', () => {
  test('hears every detector', () => {
    const monitor = makeMonitor(recipe, layout);
    monitor.push(rowsOf(wreck()));
    for (const { id } of detectors) expect(monitor.active.map(({ detector }) => detector)).toContain(id);
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
    monitor.push(rowsOf([{ ...spike, gradient_norm: 1000 }], 51));
    expect(active(monitor)).toEqual(['loss-spike firing 0']);
  });

  test('lets a finding go when it is over, and only that', () => {
    const monitor = makeMonitor(recipe, layout);
    monitor.push(rowsOf([...quiet(50), { ...spike, 'dead_neuron_ratio.1': 1, 'dead_neuron_ratio.2': 1 }]));
    expect(active(monitor)).toHaveLength(3);
    monitor.push(rowsOf(quiet(5, { 'dead_neuron_ratio.2': 1 }), 51));
    expect(active(monitor)).toEqual(['dead-neurons firing 2']);
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
    for (let round = 0; round < 50; round++) monitor.push(rowsOf(wreck(), round * 120));
    const places = active(monitor).map((text) => text.replace(/warning|firing/, ''));
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeLessThanOrEqual(detectors.length * (1 + hiddenLayers));
  });
});
