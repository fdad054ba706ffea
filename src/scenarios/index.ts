// Every scenario, in the order of the menu.
import { blobs } from './blobs.ts';
import { digits } from './digits.ts';
import { moons } from './moons.ts';
import { ring } from './ring.ts';
import type { Scenario } from './scenario.ts';
import { spiral } from './spiral.ts';
import { xor } from './xor.ts';

export const scenarios = [ring, xor, moons, spiral, blobs, digits] as const satisfies readonly Scenario[];
export const defaultScenario: Scenario = ring;

export function scenarioOf(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}

/** The first scenario on a dataset: its recipe is what a link that names only the dataset means. */
export function scenarioOfDataset(dataset: string): Scenario | undefined {
  return scenarios.find(({ recipe }) => recipe.data === dataset);
}
