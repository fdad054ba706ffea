// Plain against tfjs on the CPU: the same recipes, one step at a time and over 100 steps.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hash, streams } from '../../src/core/random.ts';
import { activations, schedules } from '../../src/core/settings.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest, Engine } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { differences, recipeOf, requestOf, train, type Row, type Words } from './support.ts';

const tolerance = { relative: 1e-4, floor: 1e-5 };
const recipes = 24;
const leastQualified = 15;
const steps = 100;

const rates = { sgd: 0.05, momentum: 0.01, adam: 0.003 } as const;
const lossNames = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;

/** Interventions of all three kinds that leave the structure as it is. */
function timelineOf(hidden: readonly number[]): readonly unknown[] {
  const push = { kind: 'push-biases', layer: hidden.length, units: 2, perStep: 0.02, steps: 5 };
  const entries = [
    { at: 8, by: 'edit', change: { kind: 'set', settings: { l2: 0.002, clipNorm: 0.4, momentum: 0.5 } } },
    { at: 15, by: 'edit', change: { kind: 'scale-rate', factor: 0.5 } },
    { at: 30, by: 'edit', change: { kind: 'set', settings: { keep: 60, mislabelled: 10 } } },
    { at: 40, by: 'edit', change: { kind: 'set', settings: { schedule: 'cosine', scheduleSteps: 60 } } },
  ];
  return hidden.length > 0 ? [{ at: 3, by: 'edit', change: push }, ...entries] : entries;
}

/** Recipe number `k` of the sample: every choice from a hash, so that the sample is the same on every machine. */
function wordsOf(k: number): Words {
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[hash(2026, streams.fault, k, salt) % list.length]!;
  const hidden = Array.from({ length: k % 7 }, (_, layer) => pick([3, 4, 5, 6, 8], 10 + layer));
  const optimizer = pick(['sgd', 'momentum', 'adam'] as const, 1);
  const set = pick([{ data: 'circle' }, { data: 'moons' }, { data: 'blobs', classes: 3 }] as const, 2);
  return {
    seed: k + 1,
    hidden,
    optimizer,
    ...set,
    learningRate: rates[optimizer],
    activation: activations[k % activations.length],
    loss: pick(lossNames, 3),
    batchNorm: pick([false, false, true], 4),
    clipNorm: pick([0, 0, 0.3], 5),
    l2: pick([0, 0.01], 6),
    dropout: pick([0, 0, 0.25], 8),
    schedule: pick(schedules, 9),
    warmUp: pick([0, 12], 20),
    scheduleSteps: pick([1, 30, 200], 21),
    scheduleFactor: pick([0.1, 0.5], 22),
    timeline: pick([true, false], 7) ? timelineOf(hidden) : [],
  };
}

let engine: Engine;
const requests: CompileRequest[] = [];
beforeAll(async () => {
  engine = await createTfjsEngine('cpu');
  for (let k = 0; k < recipes; k++) requests.push(await requestOf(recipeOf(wordsOf(k))));
});
afterAll(() => {
  engine.dispose();
});

/** Training and validation losses, one after the other. */
const losses = (rows: readonly Row[]): number[] =>
  rows.flatMap((row) => [row.get('loss') ?? NaN, row.get('validation_loss') ?? NaN]);

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));
}

/**
 * A bias before batch norm has a gradient of 0 but for rounding, and Adam divides that by its own size: such updates are noise, and
 * differ between engines as much as they like.
 */
function hasNoise({ recipe }: CompileRequest): boolean {
  return recipe.batchNorm && recipe.optimizer === 'adam' && recipe.hidden.length > 0;
}

test('after one step from the same state, fresh or 20 steps old, every signal is the same within 1e-4', async () => {
  for (const request of requests) {
    const plain = compilePlain(request);
    const other = await engine.compile(request);
    for (const between of [0, 19, 0]) {
      await train(plain, between);
      await other.restore(await plain.checkpoint());
      const [expected] = await train(plain, 1);
      const [actual] = await train(other, 1);
      const found = differences(expected!, actual!, tolerance);
      const counted = hasNoise(request) ? found.filter((line) => !line.startsWith('update_ratio')) : found;
      expect(counted, JSON.stringify(request.recipe)).toEqual([]);
    }
    other.dispose();
  }
}, 60_000);

/** Well-conditioned: over the same steps float32 and float64 of plain agree to 1e-4. */
async function qualifies(request: CompileRequest, expected: readonly number[]): Promise<boolean> {
  const precise = losses(await train(compilePlain(request, Float64Array), steps));
  return largestDifference(expected, precise) < 1e-4;
}

test('over 100 steps the losses of well-conditioned runs are the same within 1e-3', async () => {
  let qualified = 0;
  for (const request of requests) {
    const expected = losses(await train(compilePlain(request), steps));
    if (!(await qualifies(request, expected))) continue;
    qualified++;
    const program = await engine.compile(request);
    const actual = losses(await train(program, steps));
    expect(largestDifference(expected, actual), JSON.stringify(request.recipe)).toBeLessThan(1e-3);
    program.dispose();
  }
  expect(qualified).toBeGreaterThanOrEqual(leastQualified);
}, 60_000);
