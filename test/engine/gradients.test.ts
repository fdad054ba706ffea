// Every gradient of plain against TensorFlow.js's automatic differentiation: what one step of SGD at rate 1 takes from each parameter.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activations } from '../../src/core/settings.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Checkpoint, Engine, Program } from '../../src/engine/engine.ts';
import { createTfjsEngine } from '../../src/engine/tfjs/index.ts';
import { recipeOf, requestOf } from './support.ts';

const losses = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;
const parameter = /^(weights|biases|gamma|beta)\./;

let engine: Engine;
beforeAll(async () => {
  engine = await createTfjsEngine('cpu');
});
afterAll(() => {
  engine.dispose();
});

/** Gradient of each parameter region at this state: before − after one step at rate 1. */
async function gradients(
  program: Program,
  from: Checkpoint,
): Promise<ReadonlyMap<string, readonly number[]>> {
  await program.restore(from);
  await program.advance(1);
  await program.rows();
  const { regions } = await program.checkpoint();
  return new Map(
    [...from.regions]
      .filter(([name]) => parameter.test(name))
      .map(([name, before]) => [
        name,
        [...before].map((value, k) => value - (regions.get(name)?.[k] ?? NaN)),
      ]),
  );
}

describe.each(activations)('%s', (activation) => {
  test.each([
    [false, 0],
    [true, 0],
    [false, 0.3],
    [true, 0.3],
  ])(
    'with batch norm %s and dropout %d: three losses, 0 to 3 hidden layers, L2',
    async (batchNorm, dropout) => {
      for (const loss of losses) {
        for (const hidden of [[], [5], [5, 4], [4, 6, 3]]) {
          const words = {
            activation,
            batchNorm,
            dropout,
            loss,
            hidden,
            data: 'blobs',
            classes: 3,
            l2: 0.01,
            learningRate: 1,
          };
          const request = await requestOf(recipeOf(words));
          const plain = compilePlain(request);
          const other = await engine.compile(request);
          const state = await plain.checkpoint();
          const expected = await gradients(other, state);
          const actual = await gradients(plain, state);
          expect(expected.size).toBeGreaterThan(0);
          for (const [name, values] of expected) {
            // float32 parameters of size 1 leave 1e-7 of noise in a difference.
            const allowed = 2e-6 + 1e-4 * Math.max(...values.map(Math.abs));
            const worst = Math.max(
              ...values.map((value, k) => Math.abs(value - (actual.get(name)?.[k] ?? NaN))),
            );
            expect(worst, `${name} of ${hidden.join('-')} with ${loss}`).toBeLessThanOrEqual(allowed);
          }
          other.dispose();
        }
      }
    },
  );
});
