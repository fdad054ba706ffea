// The masks of dropout: who is dropped, how often, and what becomes of it forwards and backwards.
import { describe, expect, test } from 'vitest';
import { hash, streams } from '../../src/core/random.ts';
import { makeMachine } from '../../src/engine/compiled/machine.ts';
import type { Machine } from '../../src/engine/compiled/pass.ts';
import { dropOut, dropOutBackward, fillMask } from '../../src/engine/compiled/passes/dropout.ts';
import { recipeOf, requestOf, type Words } from './support.ts';

function maskOf(dropout: number, { size = 20_000, seed = 3, step = 0, layer = 1 } = {}): Float32Array {
  const mask = new Float32Array(size);
  fillMask(mask, size, { seed }, { dropout }, step, layer);
  return mask;
}

async function machineOf(words: Words): Promise<Machine> {
  return makeMachine(await requestOf(recipeOf(words)), Float32Array);
}

describe('a mask', () => {
  test.each([0.1, 0.5, 0.9, 0.95, 1 / 3, 2 ** -24])(
    'of dropout %d is its definition, element by element',
    (dropout) => {
      const expected = Array.from({ length: 500 }, (_, k) => {
        const kept = hash(9, streams.dropout, 70_000, 6 * 2 ** 20 + k) >>> 8 >= Math.ceil(dropout * 2 ** 24);
        return kept ? Math.fround(1 / (1 - dropout)) : 0;
      });
      expect([...maskOf(dropout, { size: 500, seed: 9, step: 70_000, layer: 6 })]).toEqual(expected);
    },
  );

  test.each([0.05, 0.3, 0.5, 0.95])('of dropout %d drops that share, and its mean is 1', (dropout) => {
    const mask = maskOf(dropout);
    const share = mask.filter((factor) => factor === 0).length / mask.length;
    // Four standard deviations of a share of 20,000.
    expect(Math.abs(share - dropout)).toBeLessThan(4 * Math.sqrt((dropout * (1 - dropout)) / mask.length));
    const mean = mask.reduce((sum, factor) => sum + factor, 0) / mask.length;
    expect(mean).toBeCloseTo((1 - share) / (1 - dropout), 5);
  });

  test('keeps the element whose hash is the threshold itself, and drops it a grain further', () => {
    const bits = hash(3, streams.dropout, 0, 2 ** 20 + 5) >>> 8;
    expect(maskOf(bits / 2 ** 24)[5]).toBeGreaterThan(0);
    expect(maskOf((bits + 0.5) / 2 ** 24)[5]).toBe(0);
  });

  test('of no dropout keeps all as it is', () => {
    expect(new Set(maskOf(0))).toEqual(new Set([1]));
  });

  test('is another for every seed, step and layer: two have as much in common as chance gives', () => {
    const masks = [{}, { seed: 4 }, { step: 1 }, { layer: 2 }].map((of) => maskOf(0.5, of));
    masks.slice(1).forEach((mask) => {
      const common = mask.filter((factor, k) => factor === masks[0]![k]).length / mask.length;
      expect(Math.abs(common - 0.5)).toBeLessThan(0.015);
    });
  });
});

test('hidden layers drop; the output layer, evaluation and a network without dropout read the activation itself', async () => {
  const [dropping, without] = [await machineOf({ dropout: 0.3 }), await machineOf({})];
  const own = ({ layers }: Machine['training']) =>
    layers.map(({ output, activation }) => output !== activation);
  expect(own(dropping.training)).toEqual([true, true, false]);
  expect(own(dropping.validation)).toEqual([false, false, false]);
  expect(own(without.training)).toEqual([false, false, false]);
});

test('what is dropped is exactly 0 forwards and backwards, even where it is not finite', async () => {
  const machine = await machineOf({ dropout: 0.5, activation: 'linear' });
  const space = machine.training.layers[0]!;
  const delta = space.activation.map((_, k) => [NaN, Infinity, -Infinity, 2][k % 4]!);
  space.activation.set(delta);
  dropOut(machine, space)(machine.plan.batch);
  dropOutBackward(space, delta)(machine.plan.batch);
  const expected = [...space.mask].map((factor, k) => (factor === 0 ? 0 : space.activation[k]! * factor));
  expect(new Set(space.mask)).toEqual(new Set([0, 2]));
  expect([...space.output]).toEqual(expected);
  expect([...delta]).toEqual(expected);
});
