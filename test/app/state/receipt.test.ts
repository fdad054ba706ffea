// The receipt: steps lost with the alert and without it, from the runs alone.
import { expect, test } from 'vitest';
import { receiptOf, type ReceiptRuns } from '../../../src/app/state/receipt.ts';
import type { EvaluationSeries } from '../../../src/core/recovery.ts';

function series(to: number, loss: (step: number) => number): EvaluationSeries {
  const steps = Array.from({ length: Math.floor(to / 10) + 1 }, (_, index) => index * 10);
  return { steps, losses: steps.map(loss) };
}

const twin = series(2000, () => 0.21);
const spike: ReceiptRuns = {
  faultAt: 402,
  pressedAt: 420,
  startedAt: 384,
  validateEvery: 10,
  twin,
  broken: series(2000, (step) => (step > 402 ? 0.5 : 0.21)),
  repaired: series(600, () => 0.21),
};

test('a rewound run that is as good at once has lost what the rewind discarded', () => {
  expect(receiptOf(spike)).toMatchObject({ discarded: 36, regained: 0, lost: { steps: 36, open: false } });
});

test('without the alert: from the fault to the horizon, at least', () => {
  expect(receiptOf(spike).without).toEqual({ steps: 1598, open: true });
});

test('a run repaired from here has lost the steps until it is as good again', () => {
  const repaired = series(900, (step) => (step > 402 && step < 520 ? 0.5 : 0.21));
  const receipt = receiptOf({ ...spike, pressedAt: 470, startedAt: 470, repaired });
  // Three evaluations are compared as one: the last bad one leaves the mean at 540.
  expect(receipt).toMatchObject({ discarded: 0, regained: 70, lost: { steps: 70, open: false } });
});

test('while it is not as good, it has lost at least the steps so far', () => {
  const repaired = series(500, (step) => (step > 402 ? 0.5 : 0.21));
  expect(receiptOf({ ...spike, repaired })).toMatchObject({
    regained: undefined,
    lost: { steps: 36 + 116, open: true },
  });
});

test('nothing is said about the broken run before it has been watched to the horizon', () => {
  const broken = series(1200, () => 0.5);
  expect(receiptOf({ ...spike, broken })).toMatchObject({
    without: undefined,
    watchedTo: 1200,
    horizon: 2000,
  });
});

test('a broken run that recovers by itself has lost the steps until then', () => {
  const broken = series(2000, (step) => (step > 402 && step < 460 ? 3 : 0.21));
  expect(receiptOf({ ...spike, broken }).without).toEqual({ steps: 78, open: false });
});

test('a NaN is never as good again', () => {
  const broken = series(2000, (step) => (step > 402 ? NaN : 0.21));
  expect(receiptOf({ ...spike, broken }).without).toEqual({ steps: 1598, open: true });
});

test('late presses are watched for a thousand steps more', () => {
  expect(receiptOf({ ...spike, pressedAt: 1900 }).horizon).toBe(2900);
});
