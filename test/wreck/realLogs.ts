// Lines as training programs and their tools write them, and what is read from them: reviewed by hand, one by one.

export interface RealLog {
  readonly text: string;
  readonly unit: 'step' | 'epoch' | 'row';
  /** Of every signal that it has: steps and values. */
  readonly values: Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;
}

export const realLogs: Readonly<Record<string, RealLog>> = {
  'steps and evaluations on lines of their own': {
    text: 'number of parameters: 10.65M\nstep 0: train loss 4.2874, val loss 4.2823\niter 10: loss 3.2385, time 25.09ms, mfu 14.86%\nstep 250: train loss 1.96, val loss 2.01\nsaving checkpoint to out-char',
    unit: 'step',
    values: {
      loss: [
        [0, 4.2874],
        [250, 1.96],
      ],
      validation_loss: [
        [0, 4.2823],
        [250, 2.01],
      ],
    },
  },
  'the dictionaries of a trainer, among progress bars': {
    text: "{'loss': 1.5, 'grad_norm': 2.31, 'learning_rate': 4.5e-05, 'epoch': 0.1}\n  1%|          | 10/1000 [00:05<08:00,  2.06it/s]\n{'eval_loss': 1.41, 'eval_runtime': 2.3, 'epoch': 0.1}\n{'loss': np.float64(1.25), 'grad_norm': 2.1, 'learning_rate': 4e-05, 'epoch': 0.2}",
    unit: 'row',
    values: {
      loss: [
        [0, 1.5],
        [1, 1.25],
      ],
      gradient_norm: [
        [0, 2.31],
        [1, 2.1],
      ],
      learning_rate: [
        [0, 0.000045],
        [1, 0.00004],
      ],
      validation_loss: [[0, 1.41]],
    },
  },
  'epochs with a bar': {
    text: 'Epoch 1/3\n\u001b[1m100/100\u001b[0m \u001b[32m━━━━━━\u001b[0m \u001b[1m1s\u001b[0m 3ms/step - accuracy: 0.8012 - loss: 0.6123 - val_accuracy: 0.85 - val_loss: 0.5\nEpoch 2/3\n100/100 [=====================] - 1s 3ms/step - loss: 0.45 - accuracy: 0.86 - val_loss: 0.44 - val_accuracy: 0.87\nEpoch 00002: val_loss improved from 0.50000 to 0.44000, saving model to best.h5',
    unit: 'epoch',
    values: {
      accuracy: [
        [1, 0.8012],
        [2, 0.86],
      ],
      loss: [
        [1, 0.6123],
        [2, 0.45],
      ],
      validation_accuracy: [
        [1, 0.85],
        [2, 0.87],
      ],
      validation_loss: [
        [1, 0.5],
        [2, 0.44],
      ],
    },
  },
  'a bar that is drawn again and again': {
    text: 'Epoch 1/2\n\r 1/100 [..] - ETA: 0:12 - loss: 2.3\b\b\b\r 57/100 [==>..] - ETA: 1s - loss: 1.3\r100/100 [====] - loss: 0.9 - val_loss: 0.8\nEpoch 2/2\n\r 50/100 [==>] - loss: 0.7\r100/100 [===] - loss: 0.6 - val_loss: 0.7',
    unit: 'step',
    values: {
      loss: [
        [1, 2.3],
        [57, 1.3],
        [100, 0.9],
        [156, 0.7],
        [206, 0.6],
      ],
      validation_loss: [
        [100, 0.8],
        [206, 0.7],
      ],
    },
  },
  'batches of an epoch, and a test set': {
    text: 'Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039\nTrain Epoch: 1 [640/60000 (1%)]\tLoss: 2.213470\n\nTest set: Average loss: 0.0577, Accuracy: 9813/10000 (98%)',
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
    text: 'Epoch [1/5], Step [100/600], Loss: 0.3421\nEpoch [1/5], Step [200/600], Loss: 0.2421\nEpoch [2/5], Step [100/600], Loss: 0.1421\nEpoch [2/5], Step [200/600], Loss: 0.1321',
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
    text: ' iteration      100/  500000 | consumed samples:        25600 | elapsed time per iteration (ms): 1234.5 | learning rate: 1.000E-05 | lm loss: 9E+00 | loss scale: 1.0 | grad norm: 2.345 | number of skipped iterations:   0 | number of nan iterations:   0 |\n iteration      200/  500000 | consumed samples:        25600 | elapsed time per iteration (ms): 1234.5 | learning rate: 1.000E-05 | lm loss: 4.5E+00 | loss scale: 1.0 | grad norm: 2.345 | number of skipped iterations:   0 | number of nan iterations:   0 |',
    unit: 'step',
    values: {
      learning_rate: [
        [100, 0.00001],
        [200, 0.00001],
      ],
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
    text: 'Epoch 0:  50%|█████     | 469/938 [00:02<00:02, 170.13it/s, v_num=0, train_loss=0.312]\rEpoch 0: 100%|██████████| 938/938 [00:05<00:00, 171.13it/s, v_num=0, train_loss=0.212, val_loss=0.2]\rEpoch 1:  50%|█████     | 469/938 [00:02<00:02, 170.13it/s, v_num=0, train_loss=0.112]',
    unit: 'step',
    values: {
      loss: [
        [469, 0.312],
        [938, 0.212],
        [1407, 0.112],
      ],
      validation_loss: [[938, 0.2]],
    },
  },
  'a logger with bars between its parts': {
    text: "2021-01-01 00:00:00 | INFO | train_inner | epoch 001:    100 / 1000 loss=12.3, nll_loss=11.9, ppl=4000.1, lr=1e-05, gnorm=2.345\n2021-01-01 00:01:00 | INFO | train_inner | epoch 001:    200 / 1000 loss=11.3, nll_loss=11.9, ppl=4000.1, lr=1e-05, gnorm=2.1\n2021-01-01 00:02:00 | INFO | valid | epoch 001 | valid on 'valid' subset | loss 10.1 | nll_loss 9.9 | ppl 900",
    unit: 'step',
    values: {
      loss: [
        [100, 12.3],
        [200, 11.3],
      ],
      learning_rate: [
        [100, 0.00001],
        [200, 0.00001],
      ],
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
    text: 'Epoch: 01 | Epoch Time: 0m 12s\n\tTrain Loss: 0.6 | Train Acc: 60.90%\n\t Val. Loss: 0.63 |  Val. Acc: 65.12%\nEpoch: 02 | Epoch Time: 0m 12s\n\tTrain Loss: 0.49999999999999994 | Train Acc: 60.90%\n\t Val. Loss: 0.63 |  Val. Acc: 65.12%',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.6],
        [2, 0.5],
      ],
      accuracy: [
        [1, 0.609],
        [2, 0.609],
      ],
      validation_loss: [
        [1, 0.63],
        [2, 0.63],
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
      learning_rate: [
        [10, 0.001],
        [20, 0.001],
      ],
    },
  },
  'tensors, and steps of thousands': {
    text: "step 10,000 loss tensor(2.3001, device='cuda:0', grad_fn=<NllLossBackward0>)\nstep 11,000 loss: tensor(2.1001)",
    unit: 'step',
    values: {
      loss: [
        [10000, 2.3001],
        [11000, 2.1001],
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
      loss: [
        [0, 0.51],
        [1, 0.41],
      ],
      validation_loss: [
        [0, 0.45],
        [1, 0.4],
      ],
      accuracy: [
        [0, 0.8],
        [1, 0.85],
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
      gradient_norm: [
        [0, 0.4],
        [10, 0.5],
      ],
    },
  },
  'a table of Markdown': {
    text: '| Training Loss | Epoch | Step | Validation Loss |\n|:---:|:---:|:---:|:---:|\n| 0.5 | 1.0 | 100 | 0.6 |\n| 0.4 | 2.0 | 200 | 0.55 |',
    unit: 'step',
    values: {
      loss: [
        [100, 0.5],
        [200, 0.4],
      ],
      validation_loss: [
        [100, 0.6],
        [200, 0.55],
      ],
    },
  },
  'dates with slashes': {
    text: '2023/01/01 12:00:00 - mmengine - INFO - Iter(train) [    50/160000]  lr: 1e-3  loss: 2.65\n2023/01/01 12:01:00 - mmengine - INFO - Iter(train) [   100/160000]  lr: 1e-3  loss: 2.55',
    unit: 'step',
    values: {
      learning_rate: [
        [50, 0.001],
        [100, 0.001],
      ],
      loss: [
        [50, 2.65],
        [100, 2.55],
      ],
    },
  },
  'bars that count steps': {
    text: 'Steps:   2%|  | 3/200 [00:00<00:05, 1.00it/s, loss=0.7]\nSteps:   2%|  | 4/200 [00:00<00:05, 1.00it/s, loss=0.6]\nSteps:   2%|  | 5/200 [00:00<00:05, 1.00it/s, loss=0.5]',
    unit: 'step',
    values: {
      loss: [
        [3, 0.7],
        [4, 0.6],
        [5, 0.5],
      ],
    },
  },
  'two columns and a last line end': {
    text: 'step\tloss\n10\t2.5\n20\t2.4\n',
    unit: 'step',
    values: {
      loss: [
        [10, 2.5],
        [20, 2.4],
      ],
    },
  },
  'a divergence that is none of inputs': {
    text: 'epoch 1 | loss: 180.1 | recon: 160.1 | kl: 20.0\nepoch 2 | loss: 170.1 | recon: 160.1 | kl: 20.0',
    unit: 'epoch',
    values: {
      loss: [
        [1, 180.1],
        [2, 170.1],
      ],
    },
  },
  'bars and dictionaries on one line': {
    text: "{'loss': 1.5, 'epoch': 0.1}\n 20%|#  | 20/1000 [00:05<08:00,  2.06it/s]{'loss': 1.3, 'epoch': 0.2}\n 30%|#  | 30/1000 [00:05<08:00,  2.06it/s]{'loss': 1.2, 'epoch': 0.3}",
    unit: 'row',
    values: {
      loss: [
        [0, 1.5],
        [1, 1.3],
        [2, 1.2],
      ],
    },
  },
  'a decimal comma below 1': {
    text: 'Epoch 1: loss 0,512\nEpoch 2: loss 0,412',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.512],
        [2, 0.412],
      ],
    },
  },
  'a decimal comma': {
    text: 'step=1 loss=2,31\nstep=2 loss=2,11',
    unit: 'step',
    values: {
      loss: [
        [1, 2.31],
        [2, 2.11],
      ],
    },
  },
  'thousands with a comma and decimals': {
    text: 'Epoch 1: loss 1,234.56\nEpoch 2: loss 1,034.56',
    unit: 'epoch',
    values: {
      loss: [
        [1, 1234.56],
        [2, 1034.56],
      ],
    },
  },
  'a clock with its set in brackets': {
    text: '2023/01/01 12:00:00 - mmengine - INFO - Epoch(train)  [1][ 50/7330]  lr: 2.0e-03  eta: 1 day, 2:03:04  time: 0.5  loss: 1.9\n2023/01/01 12:00:00 - mmengine - INFO - Epoch(train)  [1][100/7330]  lr: 2.0e-03  loss: 1.8',
    unit: 'step',
    values: {
      learning_rate: [
        [50, 0.002],
        [100, 0.002],
      ],
      loss: [
        [50, 1.9],
        [100, 1.8],
      ],
    },
  },
  'a bar that counts epochs': {
    text: 'Epoch:  50%|█| 5/10 [loss=0.5]\nEpoch:  60%|█| 6/10 [loss=0.4]',
    unit: 'epoch',
    values: {
      loss: [
        [5, 0.5],
        [6, 0.4],
      ],
    },
  },
  'small percents': {
    text: 'epoch 1 acc: 0.5%\nepoch 2 acc: 0.8%',
    unit: 'epoch',
    values: {
      accuracy: [
        [1, 0.005],
        [2, 0.008],
      ],
    },
  },
  'units glued to numbers': {
    text: 'iter=10 dt=0.5s loss=2.31 lr=1e-3\niter=20 dt=0.5s loss=2.21 lr=1e-3',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, 2.21],
      ],
      learning_rate: [
        [10, 0.001],
        [20, 0.001],
      ],
    },
  },
  'names without a colon': {
    text: 'step 10 time 25.1ms loss 2.31\nstep 20 time 25.1ms loss 2.21',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, 2.21],
      ],
    },
  },
  'numbers behind a bar': {
    text: '1%| | 10/1000 [00:05<08:00, 2.06it/s] loss: 0.5\n2%| | 20/1000 [00:05<08:00, 2.06it/s] loss: 0.4',
    unit: 'step',
    values: {
      loss: [
        [10, 0.5],
        [20, 0.4],
      ],
    },
  },
  'a unit before a name': {
    text: 'Step 100 per-step time 0.512s loss=1.234\nStep 200 per-step time 0.512s loss=1.134',
    unit: 'step',
    values: {
      loss: [
        [100, 1.234],
        [200, 1.134],
      ],
    },
  },
  'a container in front': {
    text: '2024-05-01T12:00:00.123456789Z stdout F step=10 loss=2.31\n2024-05-01T12:00:00.123456789Z stdout F step=20 loss=2.21',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, 2.21],
      ],
    },
  },
  'a precise time in front': {
    text: '2024-05-01T12:00:00.123Z step 10: loss 2.31\n2024-05-01T12:00:00.123Z step 20: loss 2.21',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, 2.21],
      ],
    },
  },
  'a rank in front': {
    text: '[rank0] loss: 2.31\n[rank0] loss: 2.21',
    unit: 'row',
    values: {
      loss: [
        [0, 2.31],
        [1, 2.21],
      ],
    },
  },
  'a test below its heading': {
    text: 'Epoch 1\n-----\nloss: 2.303494  [   64/60000]\nloss: 2.294637  [ 6464/60000]\nTest Error: \n Accuracy: 43.6%, Avg loss: 2.158130 \n\nEpoch 2\n-----\nloss: 2.1  [   64/60000]\nloss: 2.0  [ 6464/60000]\nTest Error: \n Accuracy: 53.6%, Avg loss: 1.9 ',
    unit: 'step',
    values: {
      loss: [
        [64, 2.30349],
        [6464, 2.29464],
        [12864, 2.1],
        [19264, 2],
      ],
      validation_accuracy: [
        [6464, 0.436],
        [19264, 0.536],
      ],
      validation_loss: [
        [6464, 2.15813],
        [19264, 1.9],
      ],
    },
  },
  'headings for both sets': {
    text: 'Epoch 1\nTraining:\n  loss: 0.5\nValidation:\n  loss: 0.6\nEpoch 2\nTraining:\n  loss: 0.4\nValidation:\n  loss: 0.5',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.5],
        [2, 0.4],
      ],
      validation_loss: [
        [1, 0.6],
        [2, 0.5],
      ],
    },
  },
  'a dictionary that is saved': {
    text: 'INFO:tensorflow:loss = 0.8, step = 100 (0.5 sec)\nINFO:tensorflow:Saving dict for global step 100: accuracy = 0.93, global_step = 100, loss = 0.75',
    unit: 'step',
    values: { loss: [[100, 0.8]], validation_accuracy: [[100, 0.93]], validation_loss: [[100, 0.75]] },
  },
  'an evaluation behind the last epoch': {
    text: 'Epoch 1/2\n1875/1875 - 2s - loss: 0.2 - accuracy: 0.91\nEpoch 2/2\n1875/1875 - 2s - loss: 0.1 - accuracy: 0.95\n313/313 - 0s - loss: 0.0911 - accuracy: 0.97',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.2],
        [2, 0.1],
      ],
      accuracy: [
        [1, 0.91],
        [2, 0.95],
      ],
      validation_loss: [[2, 0.0911]],
      validation_accuracy: [[2, 0.97]],
    },
  },
  'a step that is completed': {
    text: 'completed step: 0, seconds: 1.5, TFLOP/s/device: 0.5, loss: 10.873\ncompleted step: 1, seconds: 1.5, TFLOP/s/device: 0.5, loss: 10.7',
    unit: 'step',
    values: {
      loss: [
        [0, 10.873],
        [1, 10.7],
      ],
    },
  },
  'epochs that start': {
    text: 'Starting epoch 1\nloss: 2.3\nloss: 2.2\nStarting epoch 2\nloss: 2.1\nloss: 2.0',
    unit: 'row',
    values: {
      loss: [
        [0, 2.3],
        [1, 2.2],
        [2, 2.1],
        [3, 2],
      ],
    },
  },
  'a logger without a mark': {
    text: '2024-01-01 12:00:00 INFO trainer step 10 loss 2.31\n2024-01-01 12:00:00 INFO trainer step 20 loss 2.21',
    unit: 'step',
    values: {
      loss: [
        [10, 2.31],
        [20, 2.21],
      ],
    },
  },
  'a step in brackets behind a logger': {
    text: 'I0101 12:00:00.123 140 logging_writer.py:48] [100] accuracy=0.5, loss=1.9\nI0101 12:00:00.123 140 logging_writer.py:48] [200] accuracy=0.6, loss=1.8',
    unit: 'step',
    values: {
      accuracy: [
        [100, 0.5],
        [200, 0.6],
      ],
      loss: [
        [100, 1.9],
        [200, 1.8],
      ],
    },
  },
  'an epoch without its name': {
    text: 'Train: 0 [   0/1251 (  0%)]  Loss: 6.93 (6.93)  Time: 1.5s\nTrain: 0 [  50/1251 (  4%)]  Loss: 6.83\nTrain: 1 [   0/1251 (  0%)]  Loss: 6.73\nTrain: 1 [  50/1251 (  4%)]  Loss: 6.63',
    unit: 'step',
    values: {
      loss: [
        [0, 6.93],
        [50, 6.83],
        [100, 6.73],
        [150, 6.63],
      ],
    },
  },
  'the caption of a notebook’s table': {
    text: ' [1000/1000 02:10, Epoch 2/2]\nStep\tTraining Loss\tValidation Loss\n500\t2.51\t2.6\n1000\t2.41\t2.5\n',
    unit: 'step',
    values: {
      loss: [
        [500, 2.51],
        [1000, 2.41],
      ],
      validation_loss: [
        [500, 2.6],
        [1000, 2.5],
      ],
    },
  },
  'a line above a printed table': {
    text: 'Fitting the learner\nepoch     train_loss  valid_loss  time\n0         0.51        0.45        00:12\n1         0.41        0.35        00:12',
    unit: 'epoch',
    values: {
      loss: [
        [0, 0.51],
        [1, 0.41],
      ],
      validation_loss: [
        [0, 0.45],
        [1, 0.35],
      ],
    },
  },
  'a printed table in colours': {
    text: '  epoch    train_loss    valid_acc    valid_loss     dur\n-------  ------------  -----------  ------------  ------\n      1        \u001b[36m0.5123\u001b[0m       \u001b[32m0.8\u001b[0m        \u001b[35m0.41\u001b[0m  1.2\n      2        0.4123       0.85       0.38  1.2',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.5123],
        [2, 0.4123],
      ],
      validation_accuracy: [
        [1, 0.8],
        [2, 0.85],
      ],
      validation_loss: [
        [1, 0.41],
        [2, 0.38],
      ],
    },
  },
  'Markdown below a title, with cells not logged': {
    text: 'Results:\n\n| Epoch | Training Loss | Validation Loss |\n|---|---|---|\n| 1 | 0.5 | No log |\n| 2 | 0.4 | 0.5 |',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.5],
        [2, 0.4],
      ],
      validation_loss: [[2, 0.5]],
    },
  },
  'a history beside its epochs': {
    text: '{"history": {"loss": [0.5,0.4], "val_loss": [0.6,0.5]}, "epoch": [0,1]}',
    unit: 'epoch',
    values: {
      loss: [
        [0, 0.5],
        [1, 0.4],
      ],
      validation_loss: [
        [0, 0.6],
        [1, 0.5],
      ],
    },
  },
  'a history beside longer lists': {
    text: '{"config": {"hidden": [64,64,64,64,64]}, "history": {"loss": [0.5,0.4]}}',
    unit: 'row',
    values: {
      loss: [
        [0, 0.5],
        [1, 0.4],
      ],
    },
  },
  'a history beside longer lists of objects': {
    text: '{"classes": [{"id":1,"name":"a"},{"id":2,"name":"b"},{"id":3,"name":"c"}], "history": [{"epoch":1,"loss":0.5},{"epoch":2,"loss":0.4}]}',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.5],
        [2, 0.4],
      ],
    },
  },
  'steps and values under each name': {
    text: '{"training.loss": {"steps": [0,1], "values": [2.3,2.1]}, "training.accuracy": {"steps": [0,1], "values": [0.3,0.5]}}',
    unit: 'step',
    values: {
      loss: [
        [0, 2.3],
        [1, 2.1],
      ],
      accuracy: [
        [0, 0.3],
        [1, 0.5],
      ],
    },
  },
  'metrics within lines': {
    text: '{"step": 1, "metrics": {"loss": 2.3}}\n{"step": 2, "metrics": {"loss": 2.1}}',
    unit: 'step',
    values: {
      loss: [
        [1, 2.3],
        [2, 2.1],
      ],
    },
  },
  'lists in the plural': {
    text: '{"train_losses": [2,1,0.5], "val_losses": [2,1,0.6], "train_accs": [0.1,0.2,0.3]}',
    unit: 'row',
    values: {
      loss: [
        [0, 2],
        [1, 1],
        [2, 0.5],
      ],
      validation_loss: [
        [0, 2],
        [1, 1],
        [2, 0.6],
      ],
      accuracy: [
        [0, 0.1],
        [1, 0.2],
        [2, 0.3],
      ],
    },
  },
  'two clocks in a line': {
    text: 'Epoch 1 | iter 1 step 0 | loss train: 2.417, val: n/a | iter time: 300.1 ms\nEpoch 1 | iter 2 step 0 | loss train: 2.317, val: n/a\nEpoch 1 | iter 3 step 1 | loss train: 2.217, val: 2.301',
    unit: 'step',
    values: {
      loss: [
        [1, 2.417],
        [2, 2.317],
        [3, 2.217],
      ],
      validation_loss: [[3, 2.301]],
    },
  },
  'two clocks in an object': {
    text: '{"epoch": 1, "update": 0.1, "loss": "2.3", "num_updates": "100"}\n{"epoch": 1, "update": 0.2, "loss": "2.2", "num_updates": "200"}',
    unit: 'step',
    values: {
      loss: [
        [100, 2.3],
        [200, 2.2],
      ],
    },
  },
  'learn and test': {
    text: '0:\tlearn: 0.6850\ttest: 0.6800\tbest: 0.6800 (0)\ttotal: 50ms\tremaining: 5s\n1:\tlearn: 0.6750\ttest: 0.6700\tbest: 0.6700 (1)\ttotal: 60ms\tremaining: 5s',
    unit: 'step',
    values: {
      loss: [
        [0, 0.685],
        [1, 0.675],
      ],
      validation_loss: [
        [0, 0.68],
        [1, 0.67],
      ],
    },
  },
  'names in the genitive': {
    text: "[10]\ttraining's binary_logloss: 0.5\tvalid_0's binary_logloss: 0.6\n[20]\ttraining's binary_logloss: 0.4\tvalid_0's binary_logloss: 0.5",
    unit: 'step',
    values: {
      loss: [
        [10, 0.5],
        [20, 0.4],
      ],
      validation_loss: [
        [10, 0.6],
        [20, 0.5],
      ],
    },
  },
  'a long table with a run’s name': {
    text: 'Run,Name,Metric,Value,Step,Timestamp\nabc,bold-fox-1,loss,2.3,0,1\nabc,bold-fox-1,loss,2.2,1,2',
    unit: 'step',
    values: {
      loss: [
        [0, 2.3],
        [1, 2.2],
      ],
    },
  },
  'numbers with asides': {
    text: 'step   10/1000 | loss 5.123456 (+nanz)| norm 15.3500 (+nanz)| lr 1.00e-05 | 250.1 ms | 40.1% bf16 MFU | 20000 tok/s\nstep   11/1000 | loss 5.023456 (+1.0z)| norm 14.3500 (+nanz)| lr 1.00e-05 | 250.1 ms',
    unit: 'step',
    values: {
      loss: [
        [10, 5.12346],
        [11, 5.02346],
      ],
      gradient_norm: [
        [10, 15.35],
        [11, 14.35],
      ],
      learning_rate: [
        [10, 0.00001],
        [11, 0.00001],
      ],
    },
  },
  boxes: {
    text: '------------------------------------\n| rollout/                |          |\n|    ep_rew_mean          | 20.1     |\n| time/                   |          |\n|    total_timesteps      | 2048     |\n| train/                  |          |\n|    learning_rate        | 0.0003   |\n|    loss                 | 8.12     |\n------------------------------------\n------------------------------------\n| time/                   |          |\n|    total_timesteps      | 4096     |\n| train/                  |          |\n|    loss                 | 7.12     |\n------------------------------------',
    unit: 'step',
    values: {
      learning_rate: [[2048, 0.0003]],
      loss: [
        [2048, 8.12],
        [4096, 7.12],
      ],
    },
  },
  'a long table by epoch and set': {
    text: 'epoch,value,metric,data\n1,0.5,loss,training\n1,0.6,loss,validation\n2,0.4,loss,training\n2,0.55,loss,validation',
    unit: 'step',
    values: {
      loss: [
        [1, 0.5],
        [2, 0.4],
      ],
      validation_loss: [
        [1, 0.6],
        [2, 0.55],
      ],
    },
  },
  'lists under names': {
    text: 'train_losses = [2.3, 2.2, 2.1]\nval_losses = [2.4, 2.3, 2.2]',
    unit: 'row',
    values: {
      loss: [
        [0, 2.3],
        [1, 2.2],
        [2, 2.1],
      ],
      validation_loss: [
        [0, 2.4],
        [1, 2.3],
        [2, 2.2],
      ],
    },
  },
  'a dictionary of lists below a line': {
    text: "done\n{'loss': [0.5, 0.4, 0.3], 'accuracy': [0.8, 0.9, 0.91]}",
    unit: 'row',
    values: {
      loss: [
        [0, 0.5],
        [1, 0.4],
        [2, 0.3],
      ],
      accuracy: [
        [0, 0.8],
        [1, 0.9],
        [2, 0.91],
      ],
    },
  },
  'numbers with a type behind': {
    text: 'Epoch 1: loss = 0.512f0\nEpoch 2: loss = 0.412f0',
    unit: 'epoch',
    values: {
      loss: [
        [1, 0.512],
        [2, 0.412],
      ],
    },
  },
};
