import { expect, test } from 'vitest';
import type { LayerTiles } from '../../../src/worker/protocol.ts';
import { cellWords, confusionRows, worstMistakes } from '../../../src/app/drawing/confusion.ts';
import { neuronHint, neuronName, neuronSentence } from '../../../src/app/drawing/neuronWords.ts';

const layer: LayerTiles = {
  layer: 1,
  tileSize: 1,
  values: new Float32Array(3),
  gradient: null,
  inputRange: Float32Array.of(-2.1, 3.4, NaN, NaN, -7.2, -1.1),
  dead: Uint8Array.of(0, 0, 1),
};

test('a dead neuron is said to have no gradient, with the range of its input', () => {
  expect(neuronName({ layer: 1, unit: 2 }, true)).toBe('layer 1, neuron 3, dead');
  expect(neuronSentence([layer], { layer: 1, unit: 2 })).toBe(
    'Layer 1, neuron 3: input between −7.2 and −1.1 on the training examples: gradient 0.',
  );
});

test('of a living neuron only the range is said; NaN is called NaN; a neuron of another network nothing', () => {
  expect(neuronSentence([layer], { layer: 1, unit: 0 })).toBe(
    'Layer 1, neuron 1: input between −2.1 and 3.4 on the training examples.',
  );
  expect(neuronSentence([layer], { layer: 1, unit: 1 })).toContain('NaN');
  expect(neuronSentence([layer], { layer: 1, unit: 3 })).toBe('');
  expect(neuronSentence([layer], { layer: 2, unit: 0 })).toBe('');
});

test('the gradient of a neuron is said where it was asked for', () => {
  const asked = { ...layer, gradient: Float32Array.of(0.0213, 1, 0) };
  expect(neuronSentence([asked], { layer: 1, unit: 0 })).toMatch(
    /training examples; gradient norm 0\.021\.$/,
  );
  expect(neuronSentence([asked], { layer: 1, unit: 2 })).toMatch(/; gradient norm 0\.$/);
});

test('the hint says what the tiles show', () => {
  expect(neuronHint(null, 2)).toContain('where the neuron is active');
  expect(neuronHint({ height: 14, width: 14 }, 10)).toContain('weights on 14 × 14 pixels');
});

test('a single mistake stays visible beside a thousand right answers', () => {
  const rows = confusionRows([1000, 1, 4, 900], 2);
  expect(rows[0]![0]!.share).toBe(1);
  expect(rows[0]![1]!.share).toBeGreaterThan(0.03);
  expect(worstMistakes(rows, 3).map(cellWords)).toEqual(['1 read as 0: 4', '0 read as 1: 1']);
  expect(cellWords(rows[0]![0]!)).toBe('0 read as 0: 1,000, right');
  expect(worstMistakes(confusionRows([0, 0, 0, 0], 2), 3)).toEqual([]);
});
