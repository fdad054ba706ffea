// The scenario matrix: which share of a scenario's runs each detector fired in, and how many cells are as the scenario says.
import { detectors } from '../../detectors/index.ts';
import { scenarioOf } from '../../scenarios/index.ts';
import type { Outcome } from './trial.ts';

export interface MatrixLine {
  readonly expected: readonly string[];
  readonly may: readonly string[];
  /** Share of the runs in which a detector fired; those that never did are left out. */
  readonly fired: Readonly<Record<string, number>>;
}

export interface Declared {
  readonly expected: readonly string[];
  /** Detectors that may fire as a consequence. */
  readonly may: readonly string[];
}

function declaredBy(id: string): Declared {
  const scenario = scenarioOf(id);
  return { expected: scenario?.expected ?? [], may: scenario?.may ?? [] };
}

/** Of one run, how many detectors did as declared: fired where expected, and quiet where neither expected nor allowed. */
export function rightCells({ expected, may }: Declared, firing: Outcome['firing']): number {
  return detectors.filter(({ id }) => {
    const fired = firing[id] !== undefined;
    return expected.includes(id) ? fired : may.includes(id) || !fired;
  }).length;
}

interface Counted {
  readonly declared: Declared;
  readonly fired: Map<string, number>;
  runs: number;
}

export class Matrix {
  readonly #scenarios = new Map<string, Counted>();
  cells = 0;
  right = 0;

  add(scenario: string, { firing }: Outcome, declared: Declared = declaredBy(scenario)): void {
    const counted = this.#scenarios.get(scenario) ?? { declared, fired: new Map<string, number>(), runs: 0 };
    this.#scenarios.set(scenario, counted);
    counted.runs++;
    for (const id of Object.keys(firing)) counted.fired.set(id, (counted.fired.get(id) ?? 0) + 1);
    this.cells += detectors.length;
    this.right += rightCells(declared, firing);
  }

  /** By scenario, in the order of first appearance of their ids in the alphabet. */
  get lines(): Readonly<Record<string, MatrixLine>> {
    const sorted = [...this.#scenarios].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      sorted.map(([id, { declared, fired, runs }]) => [
        id,
        {
          expected: declared.expected,
          may: declared.may,
          fired: Object.fromEntries([...fired].sort().map(([detector, count]) => [detector, count / runs])),
        },
      ]),
    );
  }
}
