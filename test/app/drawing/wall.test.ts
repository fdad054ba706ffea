// The wall: where its charts go, what one looks like, and what a weight is called.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterName, parameterSentence } from '../../../src/app/drawing/parameterWords.ts';
import { sparkline } from '../../../src/app/drawing/sparkline.ts';
import { wallLayout } from '../../../src/app/drawing/wallLayout.ts';
import { parameterPlaces } from '../../../src/signals/parameters.ts';

describe('the layout', () => {
  test('puts the 337 weights of Ring into 26 columns and 13 lines of 36 × 35 pixels', () => {
    const { columns, width, height, tiles, total } = wallLayout(337, 936, 464);
    expect([columns, Math.floor(width), Math.floor(height), tiles.length]).toEqual([26, 36, 35, 337]);
    expect(total).toBeCloseTo(464);
    expect(tiles.at(-1)).toMatchObject({ unit: 336, top: 12 * height });
  });

  test('keeps every chart inside the width, apart from the others and large enough to press, whatever the size', () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 2000 }),
      width: fc.integer({ min: 24, max: 2000 }),
      area: fc.integer({ min: 0, max: 1200 }),
    });
    fc.assert(
      fc.property(sizes, ({ count, width: room, area }) => {
        const { tiles, width, height, total } = wallLayout(count, room, area);
        expect(tiles).toHaveLength(count);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(23.99);
        for (const { left, top } of [tiles[0]!, tiles.at(-1)!]) {
          expect(left + width).toBeLessThanOrEqual(room + 1e-6);
          expect(top + height).toBeLessThanOrEqual(total + 1e-6);
        }
        const places = new Set(tiles.map(({ left, top }) => `${left.toFixed(3)}.${top.toFixed(3)}`));
        expect(places.size).toBe(count);
      }),
      { numRuns: 50 },
    );
  });

  test('of nothing, or in no room, is empty', () => {
    expect(wallLayout(0, 936, 464).tiles).toEqual([]);
    expect(wallLayout(337, 0, 0).tiles).toEqual([]);
  });
});

describe('a small chart', () => {
  test('goes from its lowest value to its highest, over its steps', () => {
    expect(sparkline([10, 20, 40], [1, 3, 2]).strokes).toEqual([[0, 1, 1 / 3, 0, 1, 0.5]]);
  });

  test('of one value is a line in the middle', () => {
    expect(sparkline([1, 2], [0.5, 0.5]).strokes).toEqual([[0, 0.5, 1, 0.5]]);
    expect(sparkline([7], [0]).strokes).toEqual([[1, 0.5]]);
  });

  test('breaks where there is no number, and says which it is', () => {
    const broken = sparkline([0, 1, 2, 3], [1, NaN, 2, Infinity]);
    expect(broken.strokes).toEqual([
      [0, 1],
      [2 / 3, 0],
    ]);
    expect(broken.broken).toEqual([1 / 3, 1]);
    expect(broken.last).toBe('∞');
    expect(sparkline([0], [-Infinity]).last).toBe('−∞');
    expect(sparkline([0, 1], [NaN, NaN])).toEqual({ strokes: [], broken: [0, 1], last: 'NaN' });
    expect(sparkline([], [])).toEqual({ strokes: [], broken: [], last: undefined });
  });
});

test('every weight has a name of its own, and its value', () => {
  const shape = { features: 2, hidden: [16, 16], outputs: 1, batch: 128 };
  const places = parameterPlaces(shape, true);
  const names = places.map((place) => parameterName(place, 2));
  expect(new Set(names).size).toBe(places.length);
  expect(names[0]).toBe('layer 1, weight of neuron 1 from input 1');
  expect(names).toContain('layer 2, gamma of neuron 16');
  expect(names.at(-1)).toBe('output layer, bias of output 1');
  const bias = places.find(({ layer, kind, unit }) => layer === 1 && kind === 'bias' && unit === 3)!;
  expect(parameterSentence(bias, 2, -3.2)).toBe('layer 1, bias of neuron 4: −3.2');
  expect(parameterSentence(bias, 2, NaN)).toBe('layer 1, bias of neuron 4: NaN');
});
