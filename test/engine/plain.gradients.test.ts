// The gradients of plain, in float64, against central differences of its loss: every layer kind, loss and depth.
import { describe, expect, test } from 'vitest';
import { streams, uniform } from '../../src/core/random.ts';
import { activations } from '../../src/core/settings.ts';
import { makeMachine } from '../../src/engine/compiled/machine.ts';
import type { Machine } from '../../src/engine/compiled/pass.ts';
import { backward } from '../../src/engine/compiled/passes/backward.ts';
import { forward } from '../../src/engine/compiled/passes/forward.ts';
import { gather } from '../../src/engine/compiled/passes/gather.ts';
import { gradientNorm } from '../../src/engine/compiled/passes/gradientNorm.ts';
import { loss } from '../../src/engine/compiled/passes/loss.ts';
import { parameterRegions } from '../../src/engine/compiled/plan.ts';
import { recipeOf, requestOf, type Words } from './support.ts';

/** Distance of the two points of a difference: the error of the difference is then about 1e-10, of rounding and of curvature alike. */
const distance = 1e-5;
const tolerance = 1e-7;

const lossNames = ['sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'] as const;
const depths = [[], [4], [4, 3], [3, 4, 3]] as const;
const sets = [{ data: 'circle' }, { data: 'blobs', classes: 3 }] as const;

/** Moves every parameter off its initial value, so that no bias is equal to another and no scale is 1. */
function scatter({ arena }: Machine): void {
  const { parameters } = arena;
  for (let k = 0; k < parameters.length; k++) {
    parameters[k] = parameters[k]! + 0.4 * (uniform(7, streams.weights, 99, k) - 0.5);
  }
}

async function machineOf(words: Words): Promise<Machine> {
  const request = await requestOf(recipeOf({ batch: 8, train: 8, ...words }));
  const machine = makeMachine(request, Float64Array);
  scatter(machine);
  return machine;
}

function lossOf(machine: Machine): () => number {
  const voices = [gather, forward, loss].map((pass) => pass.javascript(machine));
  const { l2 } = machine.control.settings;
  const weights = parameterRegions(machine.plan).filter(({ kind }) => kind === 'weights');
  return () => {
    for (const voice of voices) voice();
    const squares = weights
      .flatMap(({ name }) => [...machine.arena.region(name)])
      .reduce((sum, w) => sum + w * w, 0);
    return machine.sums.loss + (l2 / 2) * squares;
  };
}

/** Largest difference between a gradient of plain and the central difference, over all parameters. */
function largestError(machine: Machine, lossFactor = 1): number {
  const evaluate = lossOf(machine);
  evaluate();
  for (const pass of [backward, gradientNorm]) pass.javascript(machine)();
  const { parameters } = machine.arena;
  const gradients = machine.arena.gradients.slice();
  const errors = [...gradients].map((gradient, k) => {
    const value = parameters[k]!;
    parameters[k] = value + distance;
    const above = evaluate();
    parameters[k] = value - distance;
    const below = evaluate();
    parameters[k] = value;
    return Math.abs(gradient - (lossFactor * (above - below)) / (2 * distance));
  });
  return Math.max(...errors);
}

describe('gradients of plain are central differences of its loss', () => {
  for (const activation of activations) {
    for (const batchNorm of [false, true]) {
      test(`${activation}${batchNorm ? ' with batch norm' : ''}: three losses, 0 to 3 hidden layers, with and without L2 and dropout`, async () => {
        for (const lossName of lossNames) {
          for (const hidden of depths) {
            for (const set of sets) {
              const words = {
                activation,
                batchNorm,
                loss: lossName,
                hidden,
                l2: hidden.length % 2 ? 0.03 : 0,
                ...set,
              };
              for (const dropout of [0, 0.4]) {
                const machine = await machineOf({ ...words, dropout });
                expect(largestError(machine), JSON.stringify(machine.recipe)).toBeLessThan(tolerance);
              }
            }
          }
        }
      });
    }
  }
});

test('a gradient that is wrong by one in a thousand is noticed', async () => {
  expect(largestError(await machineOf({ activation: 'tanh' }), 1.001)).toBeGreaterThan(tolerance);
});
