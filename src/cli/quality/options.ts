// The command line of the measurement.
import { thereAre } from '../../core/nearest.ts';
import { parseArgs } from 'node:util';
import { detectors } from '../../detectors/index.ts';

export const usage = `npm run quality [-- options]: trains many seeded runs and says how often each detector is wrong, early or late.

  --json            print one JSON object instead of tables
  --quick           a tenth of the runs
  --seeds A-B       seeds to draw from (default 1000-9999; thresholds were tuned on 1-199)
  --only NAMES      only these detectors, and neither scenarios nor remedies unless named: scenarios, remedies
  --recipes FILE    score these runs instead: a JSON array of recipes, or of { "recipe": {…}, "label": "…", "expected": ["loss-spike"] }
  --threads N       threads to train on (default: all cores)
  --gpu             scenarios on the GPU (npm package webgpu): the seeds of each as replicas of one program
  --help

Detectors: ${detectors.map(({ id }) => id).join(', ')}.
Names in a list are separated by commas. Exit status 0: the quality table is reached; 1: it is not; 2: something above is not understood.`;

export interface CommandLine {
  readonly json: boolean;
  readonly quick: boolean;
  readonly help: boolean;
  readonly seeds: Seeds;
  /** Detectors, `scenarios` and `remedies`; empty = everything. */
  readonly only: readonly string[];
  readonly recipes: string | undefined;
  /** 0 = as many as there are cores. */
  readonly threads: number;
  readonly gpu: boolean;
}

export interface Seeds {
  readonly from: number;
  readonly to: number;
}

const heldOut: Seeds = { from: 1000, to: 9999 };
const largest = 0xffffffff;

const flag = { type: 'boolean', default: false } as const;

function seedsOf(value: string | undefined): Seeds {
  if (value === undefined) return heldOut;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(value) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= to && to <= largest) return { from, to };
  throw new Error(`--seeds ${value}: must be two whole numbers like 1-199, the smaller first`);
}

const groups = ['scenarios', 'remedies'] as const;

function namesOf(value: string | undefined): readonly string[] {
  const names = (value ?? '').split(',').filter((name) => name !== '');
  const known: readonly string[] = [...detectors.map(({ id }) => id), ...groups];
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`--only ${name}: ${thereAre(known, name)}`);
  }
  return names;
}

function threadsOf(value: string | undefined): number {
  if (value === undefined) return 0;
  const threads = Number(value);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new Error(`--threads ${value}: must be a whole number above 0`);
}

/** @throws Error with the option that is not understood */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: flag,
      quick: flag,
      help: flag,
      seeds: { type: 'string' },
      only: { type: 'string' },
      recipes: { type: 'string' },
      threads: { type: 'string' },
      gpu: flag,
    },
  });
  return {
    json: values.json,
    quick: values.quick,
    help: values.help,
    seeds: seedsOf(values.seeds),
    only: namesOf(values.only),
    recipes: values.recipes,
    threads: threadsOf(values.threads),
    gpu: values.gpu,
  };
}
