import { expect, test } from 'vitest';
import type { Picture } from '../../../src/worker/protocol.ts';
import { classBorders, zeroLine } from '../../../src/app/drawing/borders.ts';
import { mix, rgb } from '../../../src/app/drawing/palette.ts';
import { classShares, isLost, surfacePixels } from '../../../src/app/drawing/surfacePixels.ts';
import { markWords, sliceWords, surfaceWords } from '../../../src/app/drawing/surfaceWords.ts';

const colours = { low: [0, 0, 0], high: [200, 100, 50] } as const;
// Left half class 0, right half class 1.
const halves = Float32Array.from([0.8, 0.2, 0.2, 0.8, 0.8, 0.2, 0.2, 0.8]);
const picture: Picture = {
  step: 402,
  surface: halves,
  size: 2,
  extent: 1,
  tiles: [],
  training: { inputs: new Float32Array(4), labels: new Uint8Array(2) },
  production: null,
  misread: null,
};

test('two classes: lightness is the probability of the second', () => {
  const { rgba, size } = surfacePixels(Float32Array.of(1, 0, 0.5, 0.5, 0, 1, NaN, NaN), 2, 2, colours);
  expect(size).toBe(2);
  expect([...rgba.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
  expect([...rgba.subarray(4, 8)]).toEqual([100, 50, 25, 255]);
  expect([...rgba.subarray(8, 12)]).toEqual([200, 100, 50, 255]);
});

test('more classes: each certain answer has its own lightness', () => {
  const { rgba } = surfacePixels(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1), 2, 3, colours);
  const last = rgba.length - 4;
  expect([rgba[0], rgba[last]]).toEqual([0, 200]);
});

test('the border runs where both classes are as likely', () => {
  expect(classBorders(halves, 2, 2)).toEqual([[0.5, 0, 0.5, 1]]);
});

test('a saddle has two lines, NaN and one sign none', () => {
  expect(zeroLine([1, -1, -1, 1], 2)).toHaveLength(2);
  expect(zeroLine([1, NaN, -1, 1], 2)).toEqual([]);
  expect(zeroLine([1, 2, 3, 4], 2)).toEqual([]);
});

test('the surface says in words what it shows, covers or has lost', () => {
  expect(surfaceWords(picture, 2, false)).toBe(
    'Decision surface at step 402: class 0 50 %, class 1 50 % of the area. 2 training examples',
  );
  expect(surfaceWords(picture, 2, true)).toBe('Decision surface, covered');
  expect(surfaceWords(null, 2, false)).toBe('Decision surface, not drawn yet');
  const lost = { ...picture, surface: new Float32Array(8).fill(NaN) };
  expect(surfaceWords(lost, 2, false)).toContain('every output is NaN');
  expect([isLost(halves), isLost(lost.surface)]).toEqual([false, true]);
  expect(classShares(halves, 2)).toEqual([50, 50]);
});

test('what users send is told beside what training sees, once it is something else', () => {
  const production = { inputs: new Float32Array(6), labels: new Uint8Array(3) };
  expect(surfaceWords({ ...picture, production }, 2, false)).toContain(
    '2 training examples, 3 that users send now',
  );
  expect(markWords({ ...picture, production })).toBe('● training  ▲ what users send now');
  expect([markWords(picture), markWords(null)]).toEqual(['', '']);
});

test('the surface of a table says which inputs it leaves at their mean', () => {
  expect(sliceWords(['bill length', 'bill depth', 'flipper length', 'body mass'])).toBe(
    'Across bill length, up bill depth, others at mean.',
  );
  expect([sliceWords([]), sliceWords(['x', 'y'])]).toEqual(['', '']);
});

test('colours are read as look.css writes them and a minifier shortens them', () => {
  expect([rgb('#1e2a5e'), rgb('#fff'), rgb('')]).toEqual([
    [30, 42, 94],
    [255, 255, 255],
    [0, 0, 0],
  ]);
  expect(mix([0, 0, 0], [10, 10, 10], NaN)).toEqual([0, 0, 0]);
});
