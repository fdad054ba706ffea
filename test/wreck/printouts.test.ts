// What programs print as they train, in the words of those that most people use: read as it stands.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPrintout } from '../../src/wreck/printout.ts';
import { fired, judge, look, loss, usesIn, valuesOf } from './judge.ts';
import { realLogs } from './realLogs.ts';

describe('a print-out is read as it stands:', () => {
  test.each(Object.entries(realLogs))('%s', async (_, { text, unit, values }) => {
    const result = await judge(text);
    const read = (signal: string) => [signal, valuesOf(result, signal)] as const;
    expect(Object.fromEntries(Object.keys(values).map(read))).toEqual(values);
    expect([result.rows.unit, result.rows.problems]).toEqual([unit, []]);
    expect(
      result.rows.present.filter((signal) => !(signal in values || signal.startsWith('nonfinite'))),
    ).toEqual([]);
  });

  test('and what was read of it is said', async () => {
    const result = await judge('Loading\nstep 10 loss 2.31\nstep 20 loss 2.2\nDone in 3 s');
    expect(result.sources[0]?.notes).toEqual([
      'Read from what a program printed: 2 of 4 lines name a signal.',
    ]);
  });

  test('and judged: its spike is found at the step that it names', async () => {
    const text = Array.from(
      { length: 300 },
      (_, k) => `step ${k}: loss=${k === 250 ? 40 : loss(k)} grad_norm=${k === 250 ? 300 : 1}`,
    ).join('\n');
    expect(fired(await judge(text))).toContain('loss-spike@250');
  });
});

describe('a document of JSON', () => {
  test.each([
    ['a list of objects', '[{"step": 0, "loss": 2.4},\n {"step": 1, "loss": 2.3}]'],
    [
      'a trainer’s state',
      '{"best": null, "log_history": [{"step": 0, "loss": 2.4}, {"step": 1, "loss": 2.3}]}',
    ],
    ['lists under names', '{\n "loss": [2.4, 2.3]\n}'],
    ['a history as Python prints it', "{'loss': [np.float64(2.4), 2.3], 'val_loss': [None, nan]}"],
    ['columns by row', '{"loss": {"0": 2.4, "1": 2.3}}'],
  ])('may be %s', async (_, text) => {
    expect(valuesOf(await judge(text), 'loss')).toEqual([
      [0, 2.4],
      [1, 2.3],
    ]);
  });

  test('of one object is a row', async () => {
    expect(valuesOf(await judge('{\n "loss": 2\n}'), 'loss')).toEqual([[0, 2]]);
  });

  test('names the entry of what is no number', async () => {
    const result = await judge('[{"step": 0, "loss": 2.4}, {"step": 1, "loss": "high"}]');
    expect(result.rows.problems).toEqual([expect.stringMatching(/^Entry 2, column “loss”: “high”/)]);
  });

  test.each(['[]', '{}', '[1, 2]', '{"name": true}', '{"step":'])(
    'without rows is told so: %s',
    async (text) => {
      expect(await look(text)).toMatch(/^There are no rows in it\. JSON is read as one object per line/);
    },
  );
});

describe('numbers under names that nobody knows', () => {
  test.each([
    '[0]\tvalidation_0-rmse:0.49\n[1]\tvalidation_0-rmse:0.48\n[2]\tvalidation_0-rmse:0.47',
    '[0/5][50/1583]\tLoss_D: 0.98\tLoss_G: 5.61\n[0/5][60/1583]\tLoss_D: 0.9\tLoss_G: 5.6\n[0/5][70/1583]\tLoss_D: 0.9\tLoss_G: 5.6',
    'step 1 rmse: 0.5 mae: 0.3\nstep 2 rmse: 0.4 mae: 0.2\nstep 3 rmse: 0.4 mae: 0.2',
  ])('are columns to choose from: %j', async (text) => {
    const result = await judge(text);
    expect(usesIn(result)).toMatchObject({ step: 'step' });
    expect(result.sources[0]?.notes).toEqual([expect.stringMatching(/choose which is the loss\.$/)]);
  });
});

describe('what is no log is told so, not read as one:', () => {
  test.each([
    'The learning rate and in step 3 we see loss 5 times.',
    'numpy==1.2\ntorch==2.1',
    'for step in range(10):\n    loss = model(x)\n    if step % 100 == 0: print(loss)',
  ])('%j', async (text) => {
    expect(await look(text)).toMatch(/^No log was found in it/);
  });

  test('a program’s settings', async () => {
    const uses = usesIn(await judge('lr = 3e-4\nstep = 0\nloss = 0.0'));
    expect(Object.values(uses)).toEqual(['none', 'none', 'none']);
  });

  test('a table of other things', async () => {
    const result = await judge('date,stop loss,qty\n2020-01-01,5.1,3\n2020-01-02,5.2,4');
    expect(usesIn(result)).toEqual({ date: 'none', 'stop loss': 'none', qty: 'none' });
  });
});

test('names that say what they are not are left alone', async () => {
  const uses = usesIn(await judge('step 1 loss 2 loss scale: 8 nan count: 0 learning rate: 0.1\n'.repeat(3)));
  expect(uses).toEqual({
    step: 'step',
    loss: 'loss',
    'loss scale': 'none',
    'nan count': 'none',
    'learning rate': 'learning_rate',
  });
});

test('any lines are read, or there is nothing in them; a long one in no time', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'loss',
      'step',
      'epoch',
      'val',
      ':',
      '=',
      ' ',
      '/',
      '[',
      '(',
      'nan',
      ',',
      "'",
      '\u001B[1m',
      '\b',
    ),
    fc.double().map(String),
    fc.string({ maxLength: 3 }),
  );
  const line = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const read = readPrintout(lines.join('\n'));
      if (typeof read !== 'object') return;
      expect(read.rows.length).toBe(read.lines.length);
      expect(read.rows.every((row) => row.length <= read.names.length)).toBe(true);
    }),
    { numRuns: 2000 },
  );
  for (const long of ['a', '1', '1,111', 'loss ', ':', '(', 'array(', '\u001B['])
    expect(() => readPrintout(long.repeat(1_000_000))).not.toThrow();
});
