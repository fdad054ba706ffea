// A healthy run of every listed recipe fires no detector, over 2 seeds; npm run quality measures hundreds.
import { describe, expect, it } from 'vitest';
import { parseRecipe } from '../../src/data/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { replay } from '../worker/replay.ts';

const seeds = Array.from({ length: 2 }, (_, index) => index + 1);

function steps({ recipe }: Scenario): number {
  return recipe.data === 'mnist' ? 300 : 2000;
}

const all: readonly Scenario[] = scenarios;

describe.each(all.filter(({ recipe }) => recipe.timeline.length === 0))(
  '$id, 2 seeds',
  (scenario: Scenario) => {
    it(`learns and fires no detector in ${steps(scenario)} steps`, { timeout: 120_000 }, async () => {
      const told: string[] = [];
      const accuracies: number[] = [];
      for (const seed of seeds) {
        const run = await replay(parseRecipe({ ...scenario.recipe, seed }), steps(scenario));
        const firing = run.findings.filter(({ severity }) => severity === 'firing');
        told.push(...firing.map(({ detector, at }) => `seed ${seed}: ${detector}@${at}`));
        accuracies.push(run.value('validation_accuracy', steps(scenario) - 1));
      }
      expect(told).toEqual([]);
      expect(Math.min(...accuracies)).toBeGreaterThan(0.8);
    });
  },
);
