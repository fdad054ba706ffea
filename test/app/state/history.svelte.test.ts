// History: rows are kept whole, and decimated for drawing without losing a spike or a NaN.
import { describe, expect, test } from 'vitest';
import { History } from '../../../src/app/state/history.svelte.ts';
import { layout, packedRows, type RowValues } from './rows.ts';

function historyOf(count: number, values: (step: number) => RowValues): History {
  const history = new History(layout, 10, 2);
  history.append(packedRows(0, count, values));
  return history;
}

describe('series', () => {
  test('gives every value where there are few', () => {
    const history = historyOf(5, (step) => ({ loss: step }));
    expect(history.series(history.column('loss'), 1, 3, 100)).toEqual({
      steps: [1, 2, 3],
      values: [1, 2, 3],
    });
  });

  test('keeps the highest and the lowest of each bucket, in their order', () => {
    const history = historyOf(4096, (step) => ({ loss: step === 1001 ? 50 : step === 1003 ? -50 : 1 }));
    const { steps, values } = history.series(history.column('loss'), 0, 4095, 100);
    expect(values).toContain(50);
    expect(values).toContain(-50);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.length).toBeLessThanOrEqual(110);
  });

  test('keeps a single NaN among thousands of values', () => {
    const history = historyOf(4096, (step) => ({ loss: step === 2000 ? NaN : 1 }));
    const { steps, values } = history.series(history.column('loss'), 0, 4095, 100);
    expect(steps[values.findIndex(Number.isNaN)]).toBe(2000);
  });

  test('keeps infinity as the largest value', () => {
    const history = historyOf(1000, (step) => ({ loss: step === 500 ? Infinity : 1 }));
    expect(history.series(history.column('loss'), 0, 999, 20).values).toContain(Infinity);
  });

  test('draws the same buckets while the window moves', () => {
    const history = historyOf(3000, (step) => ({ loss: Math.sin(step) }));
    const early = history.series(history.column('loss'), 512, 1511, 100);
    const late = history.series(history.column('loss'), 640, 1639, 100);
    const shared = early.steps.filter((step) => step >= 704 && step < 1472);
    expect(late.steps.filter((step) => step >= 704 && step < 1472)).toEqual(shared);
  });

  test('a signal that stops being emitted leaves one gap, not zeros', () => {
    const history = historyOf(6, (step) => (step < 3 ? { dead: 0.5 } : {}));
    const { steps, values } = history.series(history.column('dead_neuron_ratio', 1), 0, 5, 100);
    expect([steps, values]).toEqual([
      [0, 1, 2, 3],
      [0.5, 0.5, 0.5, null],
    ]);
  });

  test('validation has a value at its evaluations only, and no gaps between them', () => {
    const history = historyOf(25, (step) => (step % 10 === 0 ? { validation: [step, 0.5] } : {}));
    const { steps, values } = history.series(history.evaluated('validation_loss'), 0, 24, 100);
    expect([steps, values]).toEqual([
      [0, 10, 20],
      [0, 10, 20],
    ]);
  });
});

test('the gradient is held against the average of the 50 steps before, from step 20 on', () => {
  const history = historyOf(60, (step) => ({ gradientNorm: step === 55 ? 8 : 1 }));
  const share = history.derived('gradient_share');
  expect(history.latest(share, 19)).toBeUndefined();
  expect(history.latest(share, 54)).toBe(1);
  expect(history.latest(share, 55)).toBe(8);
});

test('inherited rows come first, and steps that come again replace what was there', () => {
  const history = new History(
    layout,
    10,
    2,
    packedRows(0, 100, () => ({ loss: 1 })),
  );
  history.append(packedRows(60, 10, () => ({ loss: 2 })));
  expect(history.lastStep).toBe(69);
  expect(history.latest(history.column('loss'), 59)).toBe(1);
  expect(history.latest(history.column('loss'), 60)).toBe(2);
});

test('rows beyond the first buffer are all there', () => {
  const history = new History(layout, 10, 2);
  for (let first = 0; first < 5000; first += 500) {
    history.append(packedRows(first, 500, (step) => ({ loss: step, gradientNorm: 1 })));
  }
  expect([history.count, history.lastStep]).toEqual([5000, 4999]);
  expect(history.latest(history.column('loss'), 17)).toBe(17);
  expect(history.latest(history.derived('gradient_share'), 4000)).toBe(1);
});

test('a network has learned when its accuracy is above chance and flat', () => {
  const climbing = historyOf(200, (step) =>
    step % 10 === 0 ? { validation: [1, Math.min(0.91, 0.5 + step / 200)] } : {},
  );
  expect(climbing.learnedAt).toBe(140);
  const chance = historyOf(200, (step) => (step % 10 === 0 ? { validation: [1, 0.5] } : {}));
  expect(chance.learnedAt).toBeUndefined();
});

test('the lowest of a range is NaN where there is one', () => {
  const history = historyOf(10, (step) => ({ loss: step === 5 ? NaN : step + 1 }));
  expect(history.lowest(history.column('loss'), 0, 4)).toBe(1);
  expect(history.lowest(history.column('loss'), 0, 9)).toBeNaN();
});
