// Numbers in words: two significant digits for a person.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteSize, decimal, dollars, duration, percent, shortCount, whole } from '../../src/core/wording.ts';

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

test('sizes in thousands, times and money as a person says them', () => {
  expect([820, 1432, 91_000, 10.9e6, 7.5e14, NaN].map(byteSize)).toEqual([
    '820 B',
    '1.4 kB',
    '91 kB',
    '11 MB',
    '750 TB',
    'NaN B',
  ]);
  expect([0, 4e-4, 0.004, 0.0223, 1.45, 132, 1500, 23e6].map(duration)).toEqual([
    '0.00 ms',
    '< 0.001 ms',
    '0.0040 ms',
    '0.02 ms',
    '1.4 ms',
    '132 ms',
    '1.5 s',
    '6.4 h',
  ]);
  expect([0, 0.004, 0.0845, 5.5055, 1420, 91e6, NaN].map(dollars)).toEqual([
    '$0.00',
    '< $0.01',
    '$0.08',
    '$5.51',
    '$1,420',
    '$91M',
    '$NaN',
  ]);
  expect([847, 51_054, 7e9].map(shortCount)).toEqual(['847', '51.1K', '7B']);
});
