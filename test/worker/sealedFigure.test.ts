// The sealed figure: right answers on what users send, by true labels; nothing before it is asked for.
import { expect, test } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { SealedFigure } from '../../src/worker/sealedFigure.ts';
import { Training } from '../../src/worker/training.ts';
import { collect, datasetOf } from './replay.ts';

async function trained(rotate: number): Promise<Training> {
  const change = { kind: 'drift', shift: 0, scale: 1, rotate, noise: 0, prior: 0, steps: 1 };
  const timeline = [{ at: 0, by: 'edit', change }];
  const recipe = parseRecipe({ data: 'xor', noise: 0.1, hidden: [16, 16], timeline });
  const training = await Training.start({
    engine: plainEngine,
    recipe,
    generation: 0,
    dataset: await datasetOf(recipe),
  });
  await collect(training, 300);
  return training;
}

test('XOR turned by 90° is nearly all wrong, and as it is nearly all right', async () => {
  const sealed = new SealedFigure();
  const [straight, turned] = await Promise.all([0, 90].map(trained));
  expect((await sealed.figure(straight!)).right).toBeGreaterThan(0.9);
  expect((await sealed.figure(turned!)).right).toBeLessThan(0.1);
});

test('is due only once it was opened, and once per step', async () => {
  const sealed = new SealedFigure();
  const training = await trained(0);
  expect(sealed.isDue(300)).toBe(false);
  sealed.open();
  expect(sealed.isDue(300)).toBe(true);
  expect(await sealed.figure(training)).toMatchObject({ step: 300, count: 1000 });
  sealed.hurry();
  expect(sealed.isDue(300)).toBe(false);
  expect(sealed.isDue(301)).toBe(true);
});
