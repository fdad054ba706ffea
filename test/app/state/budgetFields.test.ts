// What a person may type in the telemetry budget.
import { expect, test } from 'vitest';
import {
  budgetFields,
  hoursField,
  parametersField,
  readTyped,
  secondsField,
} from '../../../src/app/state/budgetFields.ts';

test.each([
  ['109184', 109_184],
  ['109,184', 109_184],
  [' 109 184 ', 109_184],
  ['7B', 7e9],
  ['1.1b', 1.1e9],
  ['124 M', 124e6],
  ['7e9', 7e9],
  ['1', 1],
])('“%s” parameters are %d', (text, value) => {
  expect(readTyped(parametersField, text)).toEqual({ value });
});

test.each(['', '12x', '0', '-5', '1.5', 'NaN', 'Infinity', '1e14', '1,2', '109,18', '7 Q', '２'])(
  '“%s” is no number of parameters',
  (text) => {
    expect(readTyped(parametersField, text)).toHaveProperty('problem');
  },
);

test('what is wrong says the value, the bounds and an example', () => {
  expect(readTyped(parametersField, '12x')).toEqual({
    problem:
      '“Parameters of your model” is “12x”: type a whole number from 1 to 10,000,000,000,000, such as 109,184 or 7B.',
  });
  expect(readTyped(hoursField, '')).toEqual({
    problem: '“Training” is empty: type a number from 0 to 730.',
  });
});

test('a comma is no decimal point: “6,50” is refused, not read as 650', () => {
  const price = budgetFields.find(({ id }) => id === 'price.per-series')!;
  expect(readTyped(price, '6,50')).toHaveProperty('problem');
  expect(readTyped(price, '6.50')).toEqual({ value: 6.5 });
  expect(readTyped(price, '7B')).toHaveProperty('problem');
});

test('an export interval of nothing would be endless money: refused', () => {
  expect(readTyped(secondsField, '0')).toHaveProperty('problem');
  expect(readTyped(secondsField, '.5')).toEqual({ value: 0.5 });
});
