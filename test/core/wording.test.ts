// Numbers in words: two significant digits for a person.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, percent, whole } from '../../src/core/wording.ts';

const written: [value: number, text: string][] = [
  [0, '0.00'],
  [0.25, '0.25'],
  [1, '1.0'],
  [7.84, '7.8'],
  [12.3, '12'],
  [123.4, '123'],
  [1234, '1,234'],
  [-5, '−5.0'],
  [-1234, '−1,234'],
  [1e6, '1.0e6'],
  [-1.25e9, '−1.3e9'],
  [4e-5, '4.0e−5'],
  [-4e-5, '−4.0e−5'],
  [NaN, 'NaN'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
];

test.each(written)('decimal(%d) is %s', (value, text) => {
  expect(decimal(value)).toBe(text);
});

test('decimal writes no hyphen for a minus, and is short', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      const text = decimal(value);
      expect(text).not.toContain('-');
      expect(text.length).toBeLessThanOrEqual(9);
    }),
  );
});

test('decimal tells small numbers from nothing: 0.004 is not “0.00”', () => {
  expect(Number(decimal(0.004))).toBeCloseTo(0.004, 4);
});

test('percent is a whole number of percent; NaN is named', () => {
  expect([percent(0), percent(0.204), percent(0.875), percent(1), percent(NaN)]).toEqual([
    '0 %',
    '20 %',
    '88 %',
    '100 %',
    'NaN',
  ]);
});

test('whole sets off thousands', () => {
  expect([whole(0), whole(999.6), whole(16000)]).toEqual(['0', '1,000', '16,000']);
});
