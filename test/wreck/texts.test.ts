// What a log may be written as: separated values with a point or a comma, or with spaces between, and JSON lines.
import { describe, expect, test } from 'vitest';
import { fired, judge, lines, look, loss, usesIn, valuesOf } from './judge.ts';

describe('numbers', () => {
  test.each(['\t', ';', '|'])('with three decimals stay as they are between %j', async (mark) => {
    const rows = [
      ['step', 'loss', 'grad_norm', 'val_loss', 'lr'],
      ['0', '2.400', '1.100', '2.400', '0.001'],
      ['1', '2.300', '1.100', '', '0.001'],
    ];
    const result = await judge(rows.map((row) => row.join(mark)).join('\n'));
    expect(valuesOf(result, 'loss').map(([, value]) => value)).toEqual([2.4, 2.3]);
    expect(valuesOf(result, 'learning_rate')[0]).toEqual([0, 0.001]);
  });

  test('with a decimal comma are read, column by column', async () => {
    const result = await judge('step;loss;grad_norm\n1.000;2,4;1.5\n2.000;2,35;1.25');
    expect(valuesOf(result, 'loss').map(([, value]) => value)).toEqual([2.4, 2.35]);
    expect(valuesOf(result, 'gradient_norm').map(([, value]) => value)).toEqual([1.5, 1.25]);
  });
});

describe('JSON lines', () => {
  test('are rows, their keys columns, and objects within are flattened', async () => {
    const line = (k: number) =>
      JSON.stringify({ step: k, train: { loss: Number(loss(k)) }, tags: [1], note: null });
    const text = [...Array(40).keys()].map(line).join('\n');
    const result = await judge(['log.jsonl', `${text}\n`]);
    expect(usesIn(result)).toEqual({ step: 'step', 'train/loss': 'loss' });
    expect(valuesOf(result, 'loss')).toHaveLength(40);
  });

  test('may leave keys out, bring new ones, and hold NaN as Python writes it', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, k) => `{"step": ${k}, "loss": ${k === 30 ? 'NaN' : loss(k)}}`,
    );
    const result = await judge([...rows, '{"val_loss": 0.7, "step": 39}'].join('\r\n'));
    expect(fired(result)).toEqual(['nonfinite@30']);
    expect(valuesOf(result, 'validation_loss')).toEqual([[39, 0.7]]);
  });

  test('that break off are read as far as they go, and it is said', async () => {
    const result = await judge('{"step":0,"loss":2.4}\n{"step":1,"loss":2.3}\n{"step":2,"lo');
    expect(valuesOf(result, 'loss')).toHaveLength(2);
    expect(result.sources[0]?.notes).toEqual([
      '1 row left out: line 3 is no object, as {"step": 0, "loss": 2.4}.',
    ]);
  });
});

describe('spaces between cells', () => {
  test.each(['step loss\n0 2.31\n10 2.2', '0 2.31\n10 2.2'])('part them: %j', async (text) => {
    const [source] = (await judge(text)).sources;
    expect(source?.columns.map(({ example }) => example)).toEqual(['0', '2.31']);
  });
});

describe('a table', () => {
  test('where there is nothing below the header', async () => {
    expect(await look('step,loss\n')).toMatch(/^There are no rows below the header\./);
  });

  test.each([
    'step,loss\n0,1',
    'train loss\n2.3\n2.2',
    'run\ttag\tstep\tvalue\ntrain\tloss\t0\t2.4',
    `"Step","happy-owl-3 - train/loss"\n"0","2.4"`,
    `step,loss\n${lines(3, (k) => [k, loss(k)])}`,
  ])('is read as it stands: %j', async (text) => {
    expect((await judge(text)).sources[0]?.notes).toEqual([]);
  });
});
