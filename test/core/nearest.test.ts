// Which name was meant where there is none of that name.
import { expect, test } from 'vitest';
import { nearestName, thereAre } from '../../src/core/nearest.ts';

const names = [
  'learningRate',
  'loss-spike',
  'dead-relu',
  'dead-few',
  'data',
  'l1',
  'mnist',
  'digits-dead-relu',
];

test.each([
  ['learningrate', 'learningRate'],
  ['learning_rate', 'learningRate'],
  ['lerningRte', 'learningRate'],
  ['lr', 'learningRate'],
  ['dead-rellu', 'dead-relu'],
  ['deadRelu', 'dead-relu'],
  ['loss', 'loss-spike'],
  ['dataset', 'data'],
  ['minst', 'mnist'],
])('%s is most likely %s', (given, meant) => {
  expect(nearestName(names, given)).toBe(meant);
});

test.each(['', '?', 'x', 'wheels', 'l2x', 'de', 'rate', 'x'.repeat(100_000)])(
  '%j is none of them',
  (given) => {
    expect(nearestName(names, given)).toBeUndefined();
  },
);

test('what there is stands whole where nothing is near, and short where something is', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'momentum'];
  expect(thereAre(many, 'wheels')).toBe(`there are ${many.join(', ')}`);
  expect(thereAre(many, 3)).toBe(`there are ${many.join(', ')}`);
  expect(thereAre(many, 'momentun')).toBe('there is none of that name, but “momentum”');
  expect(thereAre(['sgd', 'adam'], 'addam')).toBe('there are sgd, adam');
});
