// Which signal a column is, by its name and by what stands in it.
import { describe, expect, test } from 'vitest';
import { useOf } from '../../src/wreck/columns.ts';
import { judge, lines, loss, usesIn, valuesOf } from './judge.ts';

describe('columns', () => {
  test.each([
    ['happy-owl-3 - train/loss', 'loss'],
    ['train_loss_step', 'loss'],
    ['training.loss', 'loss'],
    ['Loss/val', 'validation_loss'],
    ['val_loss', 'validation_loss'],
    ['train/nll_loss', 'loss'],
    ['validation_0-logloss', 'validation_loss'],
    ['cross_entropy_loss', 'loss'],
    ['train/box_loss', 'none'],
    ['loss scale', 'none'],
    ['eval/loss', 'validation_loss'],
    ['training.validation_loss', 'validation_loss'],
    ['grad_norm', 'gradient_norm'],
    ['train/grad_norm', 'gradient_norm'],
    ['grad_2.0_norm_total', 'gradient_norm'],
    ['gradient_norm_ratio', 'gradient_norm_ratio'],
    ['val_accuracy', 'validation_accuracy'],
    ['accuracy', 'accuracy'],
    ['lr-Adam', 'learning_rate'],
    ['trainer/global_step', 'step'],
    ['Step', 'step'],
    ['epoch', 'epoch'],
    ['Wall time', 'none'],
    ['train/loss__MIN', 'none'],
    ['train/global_step', 'step'],
    ['eval/global_step', 'step'],
    ['train_step', 'step'],
    ['training_step', 'step'],
    ['n_iter', 'step'],
    ['num_steps', 'step'],
    ['binary_accuracy', 'accuracy'],
    ['sparse_categorical_accuracy', 'accuracy'],
    ['epoch_sparse_categorical_accuracy', 'accuracy'],
    ['val_sparse_categorical_accuracy', 'validation_accuracy'],
    ['best_val_accuracy', 'none'],
    ['val_loss/dataloader_idx_0', 'validation_loss'],
    ['epoch_learning_rate', 'learning_rate'],
  ])('named %s are %s', (name, use) => {
    expect(useOf(name).use).toBe(use);
  });

  test('of layers carry their number', () => {
    expect(useOf('dead_neuron_ratio.layer_2')).toEqual({ use: 'dead_neuron_ratio', layer: 2 });
  });

  test('of layers counted from 0 are all one further', async () => {
    const from0 = await judge('step,dead_ratio/layer_0,dead_ratio/layer_1\n0,0.1,0.2');
    expect(usesIn(from0)).toMatchObject({
      'dead_ratio/layer_0': 'dead_neuron_ratio 1',
      'dead_ratio/layer_1': 'dead_neuron_ratio 2',
    });
    const files = await judge(
      ['run-a-tag-dead_ratio_1.csv', 'Wall time,Step,Value\n1,0,0.1'],
      ['run-a-tag-dead_ratio_0.csv', 'Wall time,Step,Value\n1,0,0.2'],
    );
    expect(usesIn(files)).toMatchObject({ dead_ratio_1: 'dead_neuron_ratio 2' });
    const from1 = await judge('step,dead_ratio_1,dead_ratio_2\n0,0.1,0.2');
    expect(usesIn(from1)).toMatchObject({ dead_ratio_1: 'dead_neuron_ratio 1' });
  });

  test('of two alike, the first counts', async () => {
    expect(usesIn(await judge('step,loss,train_loss\n0,1,1'))).toMatchObject({
      loss: 'loss',
      train_loss: 'none',
    });
  });

  test('of Lightning for one value by step and by epoch: the one with more cells counts, then the one by step', async () => {
    const rows = lines(40, (k) => [Math.floor(k / 10), k, k % 10 === 9 ? 0.5 : '', loss(k), '']);
    const result = await judge(`epoch,step,train_loss_epoch,train_loss_step,val_loss\n${rows}`);
    expect(usesIn(result)).toMatchObject({ train_loss_epoch: 'none', train_loss_step: 'loss' });
    expect(valuesOf(result, 'loss')).toHaveLength(40);
    const full = await judge('step,train_loss_epoch,train_loss,train_loss_step\n0,1,1,1\n1,1,1,1');
    expect(usesIn(full)).toMatchObject({
      train_loss_epoch: 'none',
      train_loss: 'none',
      train_loss_step: 'loss',
    });
  });
});
