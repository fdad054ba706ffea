// Non-finite numbers: the first NaN or infinite value fires, once.
import { expect, test } from 'vitest';
import { nonfinite } from '../../src/detectors/nonfinite.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

function says(rows: readonly Values[]): readonly string[] {
  return told(eventsOf(nonfinite, rowsOf(rows)));
}

test.each(nonfinite.signals)('fires at the first row with a %s above 0, and only then', (signal) => {
  const rows = repeat(30, (step) => ({ [signal]: step < 10 ? 0 : step }));
  expect(says(rows)).toEqual(['firing@10']);
});

test('stays quiet while every counter is 0, and does not read the loss itself', () => {
  expect(says(repeat(30, () => ({ nonfinite_loss: 0, nonfinite_weight: 0, loss: NaN })))).toEqual([]);
});

test('is not over when the counters are 0 again: no step leads back', () => {
  expect(says([{ nonfinite_loss: 1 }, ...repeat(100, () => ({ nonfinite_loss: 0 }))])).toEqual(['firing@0']);
});

test('takes a counter of NaN or below 0 for none', () => {
  expect(says([{ nonfinite_loss: NaN }, { nonfinite_loss: -Infinity }, { nonfinite_loss: -1 }])).toEqual([]);
});

test('fires at a gradient whose square is infinite: nothing that divides by it moves again', () => {
  const rows = [{ gradient_norm: 1.8e19 }, { gradient_norm: 1.9e19 }];
  expect(says(rows)).toEqual(['firing@1']);
  const [finding] = findingsOf(eventsOf(nonfinite, rowsOf(rows)));
  expect(nonfinite.observation(finding!)).toBe('Gradient norm 1.9e19: its square is infinite.');
});

test('tells what was counted, and how much', () => {
  const row = { nonfinite_loss: 0, nonfinite_gradient: 337, nonfinite_weight: 2 };
  const [finding] = findingsOf(eventsOf(nonfinite, rowsOf([row])));
  expect(finding).toMatchObject({ onset: 0, at: 0, layer: 0 });
  expect(nonfinite.observation(finding!)).toBe('337 gradients, 2 weights NaN or infinite.');
});
