// The sample of recipes on which engines and executions are compared, and what may be expected of them.
import { hash, streams } from '../../src/core/random.ts';
import { activations, schedules } from '../../src/core/settings.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { CompileRequest } from '../../src/engine/engine.ts';
import { train, type Row, type Words } from './support.ts';

/** So many that every number of hidden layers meets every activation. */
export const sampleSize = 42;

/** Recipes of the sample whose losses over a long run must be comparable: fewer would say little. */
export const leastQualified = 26;

/** For every signal after one step from the same state: 1e-4 of its value, and 1e-5 where it is close to 0. */
export const oneStep = { relative: 1e-4, floor: 1e-5 };

/** Steps over which losses are compared, and how far they may be apart where training is well-conditioned. */
export const longRun = { steps: 100, tolerance: 1e-3 };

const rates = { sgd: 0.05, momentum: 0.01, adam: 0.003 } as const;
const lossNames = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;

/** Interventions of every kind that leaves structure and data as they are, with spoilt batches at steps that are compared by themselves. */
function timelineOf(hidden: readonly number[]): readonly unknown[] {
  const push = { kind: 'push-biases', layer: hidden.length, units: 2, perStep: 0.02, steps: 5 };
  const entries = [
    { at: 8, by: 'edit', change: { kind: 'set', settings: { l2: 0.002, clipNorm: 0.4, momentum: 0.5 } } },
    { at: 15, by: 'edit', change: { kind: 'scale-rate', factor: 0.5 } },
    { at: 20, by: 'edit', change: { kind: 'corrupt-batch', inputs: -1.5, swapped: true, steps: 1 } },
    { at: 30, by: 'edit', change: { kind: 'set', settings: { keep: 60, mislabelled: 10 } } },
    { at: 40, by: 'edit', change: { kind: 'set', settings: { schedule: 'cosine', scheduleSteps: 60 } } },
    { at: 50, by: 'edit', change: { kind: 'corrupt-batch', inputs: 2, swapped: false, steps: 3 } },
    { at: 50, by: 'edit', change: { kind: 'skip-batches', from: 51, steps: 1 } },
  ];
  return hidden.length > 0 ? [{ at: 3, by: 'edit', change: push }, ...entries] : entries;
}

/** Recipe number `k` of the sample: every choice from a hash, so that the sample is the same on every machine. */
export function sampleWords(k: number): Words {
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

/**
 * A bias before batch norm has a gradient of 0 but for rounding, and Adam divides that by its own size: such updates are noise, and
 * differ between engines as much as they like.
 */
export function hasNoise({ recipe }: CompileRequest): boolean {
  return recipe.batchNorm && recipe.optimizer === 'adam' && recipe.hidden.length > 0;
}

/** Training and validation losses, one after the other. */
export const losses = (rows: readonly Row[]): number[] =>
  rows.flatMap((row) => [row.get('loss') ?? NaN, row.get('validation_loss') ?? NaN]);

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, index) => Math.abs(value - b[index]!)).reduce(
    (most, apart) => (apart <= most ? most : apart),
    0,
  );
}

/** Well-conditioned: over the same steps float32 and float64 of plain agree to 1e-4. */
export async function qualifies(request: CompileRequest, expected: readonly number[]): Promise<boolean> {
  const precise = losses(await train(compilePlain(request, Float64Array), longRun.steps));
  return largestDifference(expected, precise) < 1e-4;
}
