import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rove } from '../../../src/app/drawing/rove.ts';
import { tileLayout } from '../../../src/app/drawing/tileLayout.ts';

test('sixteen neurons a layer stand on one line each, large enough to see and press', () => {
  const { side, tiles, notes } = tileLayout([16, 16], 384, 102);
  expect(side).toBe(22);
  expect(new Set(tiles.map(({ top }) => top)).size).toBe(2);
  expect(notes.map(({ text }) => text)).toEqual(['layer 1', 'layer 2']);
});

test('on a large screen tiles grow on more lines, names and all', () => {
  const { side, notes, height } = tileLayout([16, 16], 520, 290);
  expect(side).toBeGreaterThan(40);
  expect(height).toBeLessThanOrEqual(290);
  expect(notes).toHaveLength(2);
});

test('of a layer of 128 the first 64 are shown, and how many there are', () => {
  const { tiles, notes } = tileLayout([128], 384, 60);
  expect(tiles).toHaveLength(64);
  expect(notes.map(({ text }) => text)).toContain('… of 128');
});

test('no layers, no tiles', () => {
  expect(tileLayout([], 384, 102).tiles).toEqual([]);
});

test('up to six layers of 64 fit the area, and no two tiles meet', () => {
  const layers = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(layers, (units) => {
      const { side, tiles } = tileLayout(units, 384, 102);
      expect(tiles).toHaveLength(units.reduce((sum, count) => sum + count, 0));
      expect(Math.max(...tiles.map(({ left }) => left + side))).toBeLessThanOrEqual(384);
      expect(Math.max(...tiles.map(({ top }) => top + side))).toBeLessThanOrEqual(102);
      expect(new Set(tiles.map(({ left, top }) => `${left},${top}`)).size).toBe(tiles.length);
    }),
  );
});

test('arrow keys move among tiles as they lie, and stop at the ends', () => {
  const { tiles } = tileLayout([4, 2], 384, 102);
  expect(rove('ArrowRight', tiles, 0)).toBe(1);
  expect(rove('ArrowLeft', tiles, 0)).toBe(0);
  expect(rove('ArrowDown', tiles, 1)).toBe(5);
  expect(rove('ArrowDown', tiles, 3)).toBe(5);
  expect(rove('ArrowDown', tiles, 5)).toBe(5);
  expect(rove('ArrowUp', tiles, 4)).toBe(0);
  expect(rove('End', tiles, 0)).toBe(5);
  expect(rove('Tab', tiles, 0)).toBeUndefined();
});
