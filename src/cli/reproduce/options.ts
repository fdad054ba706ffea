// The command line of `npm run reproduce`.
import { thereAre } from '../../core/nearest.ts';
import { parseArgs } from 'node:util';
import type { NodeEngineId } from '../nodeEngine.ts';
import { nodeEngineIds } from '../nodeEngine.ts';

const mostSteps = 100_000;

export const usage = `npm run reproduce -- <scenario> --out DIR [options]: trains a scenario without a page and writes what a docs page needs.

  --out DIR         where the files go: recipe.json, link.txt, rows.csv, findings.json, figure.svg, trace.json, report.md
  --seed N          another seed than the recipe's (0 to 4294967295)
  --recipe FILE     another recipe than the scenario's, as JSON; fields that are missing take their defaults. The scenario, which may then
                    be left out, lends its story alone
  --steps N         how far to train (1 to ${mostSteps}); otherwise as far as the scenario's story goes
  --engine NAME     ${nodeEngineIds.join(', ')} (default ${nodeEngineIds[0]}; the others need the npm package
                    webgpu and a GPU driver)
  --json            print the findings as one JSON object on standard output
  --help

The same recipe gives the same files, to the byte, on ${nodeEngineIds[0]}. Exit status 2: something in the command line or the recipe is wrong, and
nothing was trained or written; 130: interrupted, and nothing was written.`;

export interface CommandLine {
  readonly help: boolean;
  readonly json: boolean;
  readonly scenario: string | undefined;
  readonly recipe: string | undefined;
  readonly seed: number | undefined;
  readonly steps: number | undefined;
  readonly engine: NodeEngineId;
  /** Empty only with `help`. */
  readonly out: string;
}

const flag = { type: 'boolean', default: false } as const;
const text = { type: 'string' } as const;

function wholeNumber(
  option: string,
  value: string | undefined,
  low: number,
  high: number,
): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === '' ? NaN : Number(value);
  if (Number.isInteger(number) && number >= low && number <= high) return number;
  throw new Error(`--${option} ${value}: must be a whole number from ${low} to ${high}`);
}

function engineOf(name: string | undefined): NodeEngineId {
  if (name === undefined || name === 'plain') return nodeEngineIds[0];
  const found = nodeEngineIds.find((id) => id === name);
  if (found) return found;
  throw new Error(`--engine ${name}: ${thereAre(nodeEngineIds, name)}`);
}

/** @throws Error with the option that is not understood or missing */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: flag,
      json: flag,
      recipe: text,
      seed: text,
      steps: text,
      engine: text,
      out: text,
    },
  });
  const [scenario, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`${rest.join(' ')}: one scenario at a time`);
  const { help, json, recipe, out = '' } = values;
  if (!help && scenario === undefined && recipe === undefined)
    throw new Error('no scenario: name one, or a recipe with --recipe FILE');
  if (!help && out === '') throw new Error('no --out DIR: name the folder that the files go to');
  return {
    help,
    json,
    scenario,
    recipe,
    out,
    seed: wholeNumber('seed', values.seed, 0, 0xffffffff),
    steps: wholeNumber('steps', values.steps, 1, mostSteps),
    engine: engineOf(values.engine),
  };
}
