// A training log from elsewhere: columns recognised, rows as they were meant, and the detectors that can see something.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FromWreck } from '../../src/wreck/messages.ts';
import { WreckDesk } from '../../src/wreck/wreckDesk.ts';
import { fired, judge, lines, loss } from './judge.ts';

describe('a log', () => {
  test('of W&B with a spike: the detectors fire at its steps, it looks like a scenario, and who is blind says what it lacks', async () => {
    const text = `"Step","owl - train/loss","owl - train/grad_norm"\n${lines(120, (k) => [k * 10, k >= 80 && k < 90 ? 6 : loss(k), k >= 80 && k < 84 ? 40 : 1])}`;
    const result = await judge(text);
    expect(fired(result)).toEqual(expect.arrayContaining(['loss-spike@800']));
    expect(result.rows.stride).toBe(10);
    expect(result.alike).toContain('loss-spike');
    expect(result.watched.blind).toContainEqual({
      id: 'overfit',
      title: 'Overfitting',
      lacks: ['validation_loss'],
    });
    expect(result.watched.ran).not.toContain('observability-gap');
  });

  test('of Keras overfits by epochs', async () => {
    const text = `epoch,accuracy,loss,val_accuracy,val_loss\n${lines(60, (k) => [k, 0.9, (0.5 / (1 + k / 5)).toFixed(4), 0.8, (0.5 + k / 50).toFixed(4)])}`;
    const result = await judge(text);
    expect(result.rows.unit).toBe('epoch');
    expect(fired(result).some((one) => one.startsWith('overfit@'))).toBe(true);
  });

  test('of Lightning has evaluations on rows of their own: they join the row before', async () => {
    const rows = Array.from({ length: 40 }, (_, k) => (k % 4 === 3 ? `${k},,0.9` : `${k},${loss(k)},`)).join(
      '\n',
    );
    const { rows: read } = await judge(`step,train_loss,val_loss\n${rows}`);
    expect(read.notes).toContain('10 evaluations joined the row of training before.');
    expect(read.steps).toHaveLength(30);
  });

  test('of TensorBoard is one file per signal, or long by tags', async () => {
    const one = (value: (k: number) => number | string) =>
      `Wall time,Step,Value\n${lines(60, (k) => [1e9 + k, k, value(k)])}`;
    const wide = await judge(
      ['run-a-tag-train_loss.csv', one(loss)],
      ['run-a-tag-grad_norm.csv', one(() => 30)],
    );
    expect(wide.rows.present).toEqual(expect.arrayContaining(['loss', 'gradient_norm']));
    expect(fired(wide).some((alert) => alert.startsWith('exploding-gradient'))).toBe(true);
    const long = await judge(
      `run,tag,step,value\n${lines(60, (k) => ['a', k % 2 ? 'loss' : 'grad_norm', Math.floor(k / 2), 1])}`,
    );
    expect(long.rows.steps).toHaveLength(30);
    expect(long.rows.present).toEqual(expect.arrayContaining(['loss', 'gradient_norm']));
  });

  test('that ends in NaN is an alert; NaN that a logger fills in is nothing', async () => {
    const broken = await judge(`step,loss\n${lines(40, (k) => [k, k < 30 ? loss(k) : 'nan'])}`);
    expect(fired(broken)).toEqual(['nonfinite@30']);
    const filled = await judge(
      `step,loss,val_loss\n${lines(40, (k) => [k, loss(k), k % 5 === 0 ? 0.9 : 'NaN'])}`,
    );
    expect(fired(filled)).toEqual([]);
    expect(filled.rows.notes[0]).toContain('taken as not logged');
    expect(fired(await judge(`step,loss\n${lines(40, (k) => [k, k === 30 ? 'inf' : loss(k)])}`))).toEqual([
      'nonfinite@30',
    ]);
  });

  test('with gaps, repeats, None and text keeps what it can and names line, column and value', async () => {
    const { rows } = await judge('step,loss\n0,1\n5,None\n9,abc\n9,0.8\n9,0.7\n,0.6\n3,0.9');
    expect([...rows.steps]).toEqual([0, 3, 9]);
    expect(rows.problems).toEqual(['Line 4, column “loss”: “abc” is not a number. It was taken as missing.']);
    expect(rows.notes.join(' ')).toMatch(
      /1 row without a step left out, the first on line 7\. Steps go back on line 8/,
    );
  });

  test('without a step counts its rows; with dead neurons by layer names the layer', async () => {
    const { rows, watched } = await judge(
      `dead_ratio_1,dead_ratio_2\n${lines(260, (k) => [0, k < 200 ? 0 : 0.9])}`,
    );
    expect(rows.unit).toBe('row');
    expect(watched.events).toMatchObject([{ finding: { detector: 'dead-neurons', layer: 2, at: 209 } }]);
  });
});

test('any text gives rows or a problem in words', { timeout: 30_000 }, async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'step',
      'loss',
      'grad_norm',
      'val_loss',
      'nan',
      'inf',
      'None',
      '',
      '1e400',
      '"',
      '-5',
      '0.5',
    ),
    fc.nat(50).map(String),
    fc.string({ maxLength: 4 }),
  );
  const texts = fc.array(
    fc.array(cell, { minLength: 1, maxLength: 4 }).map((row) => row.join(',')),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(texts, async (rows) => {
      const said: FromWreck[] = [];
      const desk = new WreckDesk((message) => said.push(message));
      await desk.receive({ kind: 'read', sources: [{ name: 'any', text: rows.join('\n') }] });
      const [read] = said;
      if (read?.kind !== 'read') {
        expect(read).toMatchObject({ kind: 'unreadable' });
        return;
      }
      await desk.receive({
        kind: 'watch',
        uses: read.sources.map(({ columns }) => columns.map(({ use }) => use)),
        thresholds: {},
      });
      expect(said[1]).toMatchObject({ kind: 'watched' });
    }),
    { numRuns: 300 },
  );
});
