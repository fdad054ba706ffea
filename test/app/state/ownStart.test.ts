// A run on somebody's own table begins with a recipe that learns: nothing goes wrong before anybody has broken anything.
import { expect, test } from 'vitest';
import { ownStory } from '../../../src/app/state/ownStart.ts';
import { loadDataset } from '../../../src/data/index.ts';
import { plainEngine } from '../../../src/engine/compiled/plain.ts';
import { streams, uniform } from '../../../src/core/random.ts';
import { Training } from '../../../src/worker/training.ts';
import { clouds, encoded } from '../../data/csv/tables.ts';
import { collect } from '../../worker/replay.ts';

/** Numbers of several kinds: of two inputs and of many, even and skewed, and a number that grows like a power. */
const numbers: Readonly<Record<string, (draw: () => number) => readonly number[]>> = {
  plane: (draw) => {
    const [a, b] = [4 * draw() - 2, 4 * draw() - 2];
    return [a, b, 200 + 80 * a - 50 * b + 30 * a * b];
  },
  power: (draw) => {
    const [a, b] = [4 * draw(), draw()];
    return [a, b, Math.exp(a + b)];
  },
  many: (draw) => {
    const inputs = Array.from({ length: 12 }, () => 10 * draw() ** 3);
    return [...inputs, inputs.reduce((sum, one) => sum + one) + draw()];
  },
};

function tableOf(line: (draw: () => number) => readonly number[], rows: number): string {
  let drawn = 0;
  const draw = () => uniform(7, streams.data, drawn++);
  const lines = Array.from({ length: rows }, () =>
    line(draw)
      .map((value) => value.toFixed(3))
      .join(','),
  );
  const inputs = (lines[0]?.split(',').length ?? 1) - 1;
  return [[...Array.from({ length: inputs }, (_, k) => `x${k + 1}`), 'y'].join(','), ...lines].join('\n');
}

async function trained(text: string, regression: boolean, seed: number) {
  const { table } = encoded(text, { regression });
  if (!table) throw new Error('the table was not read');
  const recipe = { ...ownStory(table).scenario.recipe, seed };
  const context = { file: () => Promise.reject(new Error('no file')), progress: () => undefined, own: table };
  const dataset = await loadDataset(recipe, context);
  return collect(await Training.start({ engine: plainEngine, recipe, generation: 0, dataset }), 400);
}

test.each(Object.keys(numbers))('a number, %s: it learns, and no alert comes', async (kind) => {
  for (const seed of [0, 1, 2]) {
    const run = await trained(tableOf(numbers[kind]!, 400), true, seed);
    expect(
      run.findings.filter(({ severity }) => severity === 'firing').map(({ detector }) => detector),
    ).toEqual([]);
    expect(run.value('validation_loss', 399)).toBeLessThan(run.value('validation_loss', 0) / 4);
  }
});

test('classes: it learns, and no alert comes', async () => {
  const run = await trained(clouds(120), false, 0);
  expect(run.told).toEqual([]);
  expect(run.value('validation_accuracy', 399)).toBeGreaterThan(0.9);
});
