// Spans on one time axis: order, nesting, and bars that lie within it.
import { expect, test } from 'vitest';
import { duration, waterfall } from '../../../src/app/state/waterfall.ts';
import type { SpanItem } from '../../../src/worker/protocol.ts';

let spanIds = 0;

function span(name: string, startTime: number, endTime: number): SpanItem {
  const spanId = String(++spanIds);
  return {
    kind: 'span',
    id: spanIds,
    name: `training.${name}`,
    traceId: 't',
    spanId,
    parentSpanId: 'p',
    startTime,
    endTime,
    attributes: {},
  };
}

const names = (spans: readonly SpanItem[], most = 60) =>
  waterfall(spans, most).rows.map(({ span: { name }, depth }) => `${depth} ${name.replace('training.', '')}`);

test('a validation comes after the epoch that it lies in, which ends later', () => {
  expect(names([span('compile', 0, 5), span('validation', 10, 12), span('epoch', 10, 40)])).toEqual([
    '1 compile',
    '1 epoch',
    '2 validation',
  ]);
});

test('bars are shares of the time from the first start to the last end', () => {
  const { rows, length, isOpen } = waterfall([span('epoch', 100, 200), span('epoch', 200, 300)], 60);
  expect(rows.map(({ start, width }) => [start, width])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
  ]);
  expect([length, isOpen]).toEqual([200, true]);
});

test('a run that has ended stands first, cut to the spans that are drawn', () => {
  const spans = [span('epoch', 0, 100), span('epoch', 100, 200), span('run', 0, 205)];
  const { rows, isOpen } = waterfall(spans, 2);
  expect(rows.map(({ span: { name }, start, width }) => [name, start, width])).toEqual([
    ['training.run', 0, 1],
    ['training.epoch', 0, 1],
  ]);
  expect(isOpen).toBe(false);
});

test('no spans, and spans without any length, make no bars that are NaN', () => {
  expect(waterfall([], 60)).toMatchObject({ rows: [], length: 0 });
  expect(waterfall([span('compile', 5, 5)], 60).rows[0]).toMatchObject({ start: 0, width: 0 });
});

test.each([
  [0.034, '0.03 ms'],
  [12.34, '12.3 ms'],
  [250.4, '250 ms'],
  [3421, '3.42 s'],
  [61_000, '61.0 s'],
])('%d ms reads %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
