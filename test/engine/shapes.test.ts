// The cost model: which execution a network gets.
import { expect, test } from 'vitest';
import { planOf } from '../../src/engine/compiled/gpu/kernel.ts';
import { cheaperExecution, shapeFor } from '../../src/engine/compiled/gpu/shapes.ts';
import { recipeOf, requestOf, type Words } from './support.ts';

const planFor = async (words: Words) => planOf(await requestOf(recipeOf(words)));

test('a small network stays in one workgroup, a large one is spread over the GPU', async () => {
  const small = await planFor({ hidden: [16, 16], batch: 32 });
  const large = await planFor({ hidden: [512, 512], batch: 512 });
  for (const hardware of [false, true]) {
    expect(cheaperExecution(small, 1, hardware)).toBe('resident');
    expect(cheaperExecution(small, 256, hardware)).toBe('resident');
    expect(cheaperExecution(large, 1, hardware)).toBe('staged');
  }
});

test('hardware gets the textbook product in workgroup memory, software adapters register tiles', () => {
  expect(shapeFor('staged', true).product).toBe('workgroup');
  expect(shapeFor('staged', false).product).toBe('registers');
});
