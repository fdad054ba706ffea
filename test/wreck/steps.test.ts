// Which step a row is of, where a log's own counter does not say it alone.
import { describe, expect, test } from 'vitest';
import { fired, judge, lines, loss, valuesOf } from './judge.ts';

const rowsPerEpoch = 20;
const epochOf = (k: number) => Math.floor(k / rowsPerEpoch);

describe('a step that begins anew', () => {
  test.each([
    ['batch', 0, 1],
    ['step', 1, 1],
    ['step', 0, 50],
    ['iteration', 50, 50],
  ])('in each epoch (%s from %i, every %i) is continued, and it is said', async (name, first, every) => {
    const row = (k: number) => [epochOf(k), first + every * (k % rowsPerEpoch), loss(k)];
    const result = await judge(`epoch,${name},loss\n${lines(100, row)}`);
    expect([...result.rows.steps]).toEqual(Array.from({ length: 100 }, (_, k) => first + every * k));
    expect(valuesOf(result, 'loss').map(([, value]) => value)).toEqual(
      Array.from({ length: 100 }, (_, k) => Number(loss(k))),
    );
    expect(result.rows.notes).toEqual([
      `“${name}” begins anew in each epoch: it was continued from one to the next.`,
    ]);
    expect(result.rows.unit).toBe('step');
  });

  test('without an epoch, or not where that rises: the rows are numbered, and it is said', async () => {
    const note = '“batch” is the same for many rows: they are numbered instead.';
    const alone = await judge(`batch,loss\n${lines(100, (k) => [k % rowsPerEpoch, loss(k)])}`);
    expect([alone.rows.steps.length, alone.rows.unit, alone.rows.notes]).toEqual([100, 'row', [note]]);
    const late = (k: number) => [epochOf(k + 5), k % rowsPerEpoch, loss(k)];
    const shifted = await judge(`epoch,batch,loss\n${lines(100, late)}`);
    expect([shifted.rows.steps.length, shifted.rows.notes]).toEqual([100, [note]]);
  });

  test('as an epoch that many rows have: they are numbered', async () => {
    const result = await judge(`epoch,loss\n${lines(100, (k) => [epochOf(k), loss(k)])}`);
    expect([result.rows.steps.length, result.rows.unit]).toEqual([100, 'row']);
  });

  test('once, from a checkpoint, is a restart: the later rows count', async () => {
    const steps = [...Array(60).keys(), ...Array.from({ length: 40 }, (_, k) => 40 + k)];
    const rows = steps.map((step, k) => [Math.floor(step / 20), step, k].join(','));
    const result = await judge(`epoch,step,loss\n${rows.join('\n')}`);
    expect(result.rows.steps).toHaveLength(80);
    expect(valuesOf(result, 'loss')[40]).toEqual([40, 60]);
    expect(result.rows.notes).toEqual([
      'Steps go back on line 62, as after a restart: where a step stands twice, the later row counts.',
    ]);
  });
});

test('a step beyond the largest is refused with that as the reason', async () => {
  const { rows } = await judge('step,loss\n0,1\n268435455,1\n268435456,1\n-1,1');
  expect(rows.problems).toEqual([
    'Line 4, column “step”: “268435456” is beyond the largest step that is read, 268,435,455. The row was left out.',
    'Line 5, column “step”: “-1” is no step, which is 0 or more. The row was left out.',
  ]);
});

test('a loss beyond what a row can hold is not finite', async () => {
  const rows = lines(40, (k) => [k, k === 30 ? '1e39' : loss(k)]);
  expect(fired(await judge(`step,loss\n${rows}`))).toEqual(['nonfinite@30']);
});
