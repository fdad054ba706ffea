// What programs print as they train, in the words of those that most people use: read as it stands.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPrintout } from '../../src/wreck/printout.ts';
import { fired, judge, look, loss, usesIn, valuesOf } from './judge.ts';

type Values = readonly (readonly [step: number, value: number])[];

interface Sample {
  readonly text: string;
  readonly unit: 'step' | 'epoch' | 'row';
  readonly values: Readonly<Record<string, Values>>;
}

const samples: Readonly<Record<string, Sample>> = {
  'steps and evaluations on lines of their own': {
    text: [
      'number of parameters: 10.65M',
      'step 0: train loss 4.2874, val loss 4.2823',
      'iter 10: loss 3.2385, time 25.09ms, mfu 14.86%',
      'step 250: train loss 1.96, val loss 2.01',
      'saving checkpoint to out-char',
    ].join('\n'),
    unit: 'step',
    values: {
      validation_loss: [
        [0, 4.2823],
        [250, 2.01],
      ],
    },
  },
  'the dictionaries of a trainer, among progress bars': {
    text: [
      "{'loss': 1.5, 'grad_norm': 2.31, 'learning_rate': 4.5e-05, 'epoch': 0.1}",
      '  1%|          | 10/1000 [00:05<08:00,  2.06it/s]',
      "{'eval_loss': 1.41, 'eval_runtime': 2.3, 'epoch': 0.1}",
      "{'loss': np.float64(1.25), 'grad_norm': 2.1, 'learning_rate': 4e-05, 'epoch': 0.2}",
    ].join('\n'),
    unit: 'row',
    values: {
      loss: [
        [0, 1.5],
        [1, 1.25],
      ],
      validation_loss: [[0, 1.41]],
    },
  },
  'epochs with a bar': {
    text: [
      'Epoch 1/3',
      '\u001B[1m100/100\u001B[0m \u001B[32m━━━━━━\u001B[0m \u001B[1m1s\u001B[0m 3ms/step - accuracy: 0.8012 - loss: 0.6123 - val_accuracy: 0.85 - val_loss: 0.5',
      'Epoch 2/3',
      '100/100 [=====================] - 1s 3ms/step - loss: 0.45 - accuracy: 0.86 - val_loss: 0.44 - val_accuracy: 0.87',
      'Epoch 00002: val_loss improved from 0.50000 to 0.44000, saving model to best.h5',
    ].join('\n'),
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.6123],
        [2, 0.45],
      ],
      validation_accuracy: [
        [1, 0.85],
        [2, 0.87],
      ],
    },
  },
  'a bar that is drawn again and again': {
    text: [
      'Epoch 1/2\n\r 1/100 [..] - ETA: 0:12 - loss: 2.3\b\b\b\r 57/100 [==>..] - ETA: 1s - loss: 1.3\r100/100 [====] - loss: 0.9 - val_loss: 0.8',
      'Epoch 2/2\n\r 50/100 [==>] - loss: 0.7\r100/100 [===] - loss: 0.6 - val_loss: 0.7',
    ].join('\n'),
    unit: 'step',
    values: {
      validation_loss: [
        [100, 0.8],
        [206, 0.7],
      ],
    },
  },
  'batches of an epoch, and a test set': {
    text: [
      'Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039',
      'Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.213470',
      '',
      'Test set: Average loss: 0.0577, Accuracy: 9813/10000 (98%)',
    ].join('\n'),
    unit: 'step',
    values: {
      loss: [
        [0, 2.30004],
        [640, 2.21347],
      ],
      validation_loss: [[640, 0.0577]],
      validation_accuracy: [[640, 0.9813]],
    },
  },
  'epoch and step in brackets': {
    text: [
      'Epoch [1/5], Step [100/600], Loss: 0.3421',
      'Epoch [1/5], Step [200/600], Loss: 0.2421',
      'Epoch [2/5], Step [100/600], Loss: 0.1421',
      'Epoch [2/5], Step [200/600], Loss: 0.1321',
    ].join('\n'),
    unit: 'step',
    values: {
      loss: [
        [100, 0.3421],
        [200, 0.2421],
        [300, 0.1421],
        [400, 0.1321],
      ],
    },
  },
  'epoch and step in brackets without names': {
    text: '[1,  2000] loss: 2.204\n[1,  4000] loss: 1.864\nAccuracy of the network on the test images: 55 %',
    unit: 'step',
    values: {
      loss: [
        [2000, 2.204],
        [4000, 1.864],
      ],
    },
  },
  'iterations of many': {
    text: [100, 200]
      .map(
        (k) =>
          ` iteration      ${k}/  500000 | consumed samples:        25600 | elapsed time per iteration (ms): 1234.5 | learning rate: 1.000E-05 | lm loss: ${900 / k}E+00 | loss scale: 1.0 | grad norm: 2.345 | number of skipped iterations:   0 | number of nan iterations:   0 |`,
      )
      .join('\n'),
    unit: 'step',
    values: {
      loss: [
        [100, 9],
        [200, 4.5],
      ],
      gradient_norm: [
        [100, 2.345],
        [200, 2.345],
      ],
    },
  },
  'bars with numbers behind them': {
    text: [
      'Epoch 0:  50%|█████     | 469/938 [00:02<00:02, 170.13it/s, v_num=0, train_loss=0.312]',
      'Epoch 0: 100%|██████████| 938/938 [00:05<00:00, 171.13it/s, v_num=0, train_loss=0.212, val_loss=0.2]',
      'Epoch 1:  50%|█████     | 469/938 [00:02<00:02, 170.13it/s, v_num=0, train_loss=0.112]',
    ].join('\r'),
    unit: 'step',
    values: {
      loss: [
        [469, 0.312],
        [938, 0.212],
        [1407, 0.112],
      ],
    },
  },
  'a logger with bars between its parts': {
    text: [
      '2021-01-01 00:00:00 | INFO | train_inner | epoch 001:    100 / 1000 loss=12.3, nll_loss=11.9, ppl=4000.1, lr=1e-05, gnorm=2.345',
      '2021-01-01 00:01:00 | INFO | train_inner | epoch 001:    200 / 1000 loss=11.3, nll_loss=11.9, ppl=4000.1, lr=1e-05, gnorm=2.1',
      "2021-01-01 00:02:00 | INFO | valid | epoch 001 | valid on 'valid' subset | loss 10.1 | nll_loss 9.9 | ppl 900",
    ].join('\n'),
    unit: 'step',
    values: {
      gradient_norm: [
        [100, 2.345],
        [200, 2.1],
      ],
      validation_loss: [[200, 10.1]],
    },
  },
  'rounds of boosting': {
    text: '[0]\ttrain-logloss:0.6123\teval-logloss:0.6534\n[1]\ttrain-logloss:0.5123\teval-logloss:0.6034',
    unit: 'step',
    values: {
      loss: [
        [0, 0.6123],
        [1, 0.5123],
      ],
      validation_loss: [
        [0, 0.6534],
        [1, 0.6034],
      ],
    },
  },
  'training and validation below the epoch': {
    text: [1, 2]
      .map(
        (k) =>
          `Epoch: 0${k} | Epoch Time: 0m 12s\n\tTrain Loss: ${0.7 - k / 10} | Train Acc: 60.90%\n\t Val. Loss: 0.63 |  Val. Acc: 65.12%`,
      )
      .join('\n'),
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.6],
        [2, 0.5],
      ],
      validation_accuracy: [
        [1, 0.6512],
        [2, 0.6512],
      ],
    },
  },
  'a logger with the time in front': {
    text: '2026-01-01 12:00:01,123 INFO iter=10 | loss=2.31 | lr=1e-3\n2026-01-01 12:00:02,123 INFO iter=20 | loss=nan | lr=1e-3',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, Number.NaN],
      ],
    },
  },
  'tensors, and steps of thousands': {
    text: "step 10,000 loss tensor(2.3001, device='cuda:0', grad_fn=<NllLossBackward0>)\nstep 11,000 loss: tensor(2.1001)",
    unit: 'step',
    values: {
      loss: [
        [10_000, 2.3001],
        [11_000, 2.1001],
      ],
    },
  },
  'losses alone': {
    text: 'Loss: 2.3\nLoss: 2.2\nLoss: 2.1',
    unit: 'row',
    values: {
      loss: [
        [0, 2.3],
        [1, 2.2],
        [2, 2.1],
      ],
    },
  },
  'a printed table, names with spaces between': {
    text: 'epoch     train_loss  valid_loss  accuracy  time\n0         0.51        0.45        0.80      00:12\n1         0.41        0.40        0.85      00:11',
    unit: 'epoch',
    values: {
      validation_loss: [
        [0, 0.45],
        [1, 0.4],
      ],
    },
  },
  'a printed table with its index': {
    text: '   step  loss  grad_norm\n0     0  2.31        0.4\n1    10  2.20        0.5',
    unit: 'step',
    values: {
      loss: [
        [0, 2.31],
        [10, 2.2],
      ],
    },
  },
  'a table of Markdown': {
    text: '| Training Loss | Epoch | Step | Validation Loss |\n|:---:|:---:|:---:|:---:|\n| 0.5 | 1.0 | 100 | 0.6 |\n| 0.4 | 2.0 | 200 | 0.55 |',
    unit: 'step',
    values: {
      validation_loss: [
        [100, 0.6],
        [200, 0.55],
      ],
    },
  },
};

describe('a print-out is read as it stands:', () => {
  test.each(Object.entries(samples))('%s', async (_, { text, unit, values }) => {
    const result = await judge(text);
    expect(result.rows.unit).toBe(unit);
    expect(
      Object.fromEntries(Object.keys(values).map((signal) => [signal, valuesOf(result, signal)])),
    ).toEqual(values);
    expect(result.rows.problems).toEqual([]);
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
