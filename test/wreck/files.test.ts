// Several files of one run, and files that are not as they should be.
import { describe, expect, test } from 'vitest';
import { fired, judge, lines, look, loss, usesIn, valuesOf } from './judge.ts';

const exported = (value: (k: number) => number | string, count = 60) =>
  `Wall time,Step,Value\n${lines(count, (k) => [1e9 + k, k, value(k)])}`;
const rising = (k: number) => (0.5 + k / 50).toFixed(4);

describe('TensorBoard’s runs of training and validation', () => {
  test('in files are a loss and a validation loss, and overfitting is seen', async () => {
    const result = await judge(
      ['run-train-tag-epoch_loss.csv', exported((k) => (0.5 / (1 + k / 5)).toFixed(4))],
      ['run-logs_7_validation-tag-epoch_loss (1).csv', exported(rising)],
    );
    expect(usesIn(result)).toMatchObject({ epoch_loss: 'loss', val_epoch_loss: 'validation_loss' });
    expect(valuesOf(result, 'loss')[5]).toEqual([5, 0.25]);
    expect(valuesOf(result, 'validation_loss')[5]).toEqual([5, 0.6]);
    expect(fired(result).some((one) => one.startsWith('overfit@'))).toBe(true);
  });

  test('one after the other in a long table are so too, and nothing goes back', async () => {
    const rows = (run: string, value: number) => lines(60, (k) => [run, 'epoch_loss', k, value]);
    const result = await judge(`run,tag,step,value\n${rows('train', 2.4)}\n${rows('validation', 3.4)}`);
    expect(valuesOf(result, 'loss')).toHaveLength(60);
    expect(valuesOf(result, 'validation_loss').at(-1)).toEqual([59, 3.4]);
    expect(result.rows.notes).toEqual([]);
  });

  test('of two trainings in a long table the first counts', async () => {
    const result = await judge('run,tag,step,value\na,loss,0,1\nb,loss,0,2\na,loss,1,1\nb,loss,1,2');
    expect(valuesOf(result, 'loss')).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(usesIn(result)).toMatchObject({ 'loss (b)': 'none' });
  });

  test('a name that says validation already stays as it is', async () => {
    const result = await judge(['run-val-tag-val_loss.csv', exported(rising)]);
    expect(usesIn(result)).toMatchObject({ val_loss: 'validation_loss' });
  });
});

describe('several files', () => {
  test('of training and of validation by their names have the same columns: the second is held out, and alone it is not', async () => {
    const table = (value: (k: number) => string) => `step,loss,acc\n${lines(60, (k) => [k, value(k), 0.5])}`;
    const both = await judge(['train.csv', table(loss)], ['run_7_val (1).csv', table(rising)]);
    expect(valuesOf(both, 'loss')[5]).toEqual([5, Number(loss(5))]);
    expect(valuesOf(both, 'validation_loss')[5]).toEqual([5, 0.6]);
    expect(valuesOf(both, 'validation_accuracy')).toHaveLength(60);
    expect(usesIn(await judge(['val.csv', table(rising)]))).toMatchObject({ loss: 'loss', acc: 'accuracy' });
  });

  test('with the same signal: the later is ignored, which is said', async () => {
    const result = await judge(['a.csv', `step,loss\n0,1\n1,2`], ['b.csv', 'step,loss\n0,3\n1,4']);
    expect(valuesOf(result, 'loss')).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(result.sources[1]?.notes).toEqual(['b.csv: “loss” is ignored: loss is “loss” of a.csv.']);
  });

  test('of which one goes on where the other ends are one run, in any order', async () => {
    const [first, second] = ['step,loss\n0,1\n1,2', 'step,loss\n2,3\n3,4'];
    for (const texts of [
      [first, second],
      [second, first],
    ]) {
      const result = await judge(...texts.map((text, k) => [`${k}.csv`, text] as const));
      expect(valuesOf(result, 'loss').map(([, value]) => value)).toEqual([1, 2, 3, 4]);
    }
  });

  test('with the same note or the same problem each say it under their own name', async () => {
    const text = (name: string) => `step,${name}\n0,1\nx,2\n3`;
    const { sources, rows } = await judge(['a.csv', text('loss')], ['b.csv', text('grad_norm')]);
    expect(sources.flatMap(({ notes }) => notes)).toEqual([
      expect.stringMatching(/^a\.csv: 1 row left out: line 4/),
      expect.stringMatching(/^b\.csv: 1 row left out: line 4/),
    ]);
    expect(rows.problems).toEqual(
      ['a.csv', 'b.csv'].map(
        (name) => `${name}: Line 3, column “step”: “x” is no step, which is a number. The row was left out.`,
      ),
    );
  });

  test('of which one has no step: it is said what its rows are joined to', async () => {
    const note = 'It has no step: its rows count as 0, 1, 2 …, and join those of the other files.';
    const mixed = await judge(['a.csv', 'step,loss\n0,1\n1,1'], ['b.csv', 'grad_norm\n1\n1']);
    expect(mixed.rows.notes).toEqual([`b.csv: ${note}`]);
    const neither = await judge(['a.csv', 'loss\n1\n1'], ['b.csv', 'grad_norm\n1\n1']);
    expect(neither.rows.notes).toEqual([`b.csv: ${note}`]);
    expect((await judge('loss\n1\n1')).rows.notes).toEqual([]);
  });
});

describe('a file', () => {
  test('in UTF-16, as PowerShell writes it, is read', async () => {
    const text = `\uFEFFstep,loss\r\n${lines(40, (k) => [k, loss(k)])}`;
    const bytes = Uint8Array.from(
      { length: 2 * text.length },
      (_, k) => (text.charCodeAt(k >> 1) >> (k % 2 === 0 ? 0 : 8)) & 255,
    );
    const result = await judge(['log.csv', new Blob([bytes])]);
    expect(valuesOf(result, 'loss')).toHaveLength(40);
  });

  test('in Windows-1252 is read, and it is said', async () => {
    const bytes = Uint8Array.from('step,loss,é\n0,1,2', (character) => character.charCodeAt(0));
    const result = await judge(['log.csv', new Blob([bytes])]);
    expect(result.sources[0]?.notes[0]).toContain('read as Windows-1252');
  });

  test('that cannot be opened says so, under its name where there are several', async () => {
    const gone = new Blob(['step,loss']);
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const reason = 'It could not be opened: it was moved or changed, or is a folder.';
    expect(await look(['a.csv', gone])).toBe(reason);
    expect(await look(['a.csv', 'step,loss\n0,1'], ['b', gone])).toBe(`b: ${reason}`);
  });
});
