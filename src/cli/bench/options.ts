// The command line of the benchmark.
import { parseArgs } from 'node:util';
import type { BenchOptions } from './wishes.ts';

export const usage = `npm run bench [-- options]: trains the same networks in several engines and compares their time per step.

  --json            print one JSON object instead of tables
  --all             every row, not only those that the speed table needs
  --net NAMES       only these networks: tiny, digits, wide
  --engine NAMES    only these engines: compiled, compiled.plain, compiled.resident, compiled.staged, tfjs-webgpu, tfjs-cpu,
                    jax-js-webgpu, jax-js-wasm, convnetjs
  --replicas LIST   how many runs to train side by side (default 1,64; for a real GPU 1,64,1024)
  --repeats N       interleaved repeats of each row (default 9)
  --pairs N         paired repeats of each telemetry overhead (default 21)
  --repeat-ms N     length of one repeat (default 400)
  --node            run in Node with the npm package webgpu instead of Chromium; needs a driver that it finds: where there is no GPU,
                    a software one such as SwiftShader's for Vulkan, e.g. VK_ICD_FILENAMES=/path/to/vk_swiftshader_icd.json
  --hardware        let Chromium choose the adapter instead of its software one
  --help

Names and numbers in a list are separated by commas. Exit status 1: a row is invalid or a figure misses the speed table.`;

export interface CommandLine {
  readonly json: boolean;
  readonly node: boolean;
  readonly hardware: boolean;
  readonly help: boolean;
  readonly bench: BenchOptions;
}

const flag = { type: 'boolean', default: false } as const;
const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;

const names = (list: string): string[] => list.split(',').filter((name) => name !== '');

function count(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${option} ${value}: must be a whole number above 0`);
}

/** @throws Error with the option that is not understood */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: flag,
      all: flag,
      node: flag,
      hardware: flag,
      help: flag,
      net: text(''),
      engine: text(''),
      replicas: text('1,64'),
      repeats: text('9'),
      pairs: text('21'),
      'repeat-ms': text('400'),
    },
  });
  return {
    json: values.json,
    node: values.node,
    hardware: values.hardware,
    help: values.help,
    bench: {
      all: values.all,
      nets: names(values.net),
      engines: names(values.engine),
      replicas: names(values.replicas).map((item) => count('replicas', item)),
      repeats: count('repeats', values.repeats),
      pairs: count('pairs', values.pairs),
      repeatMs: count('repeat-ms', values['repeat-ms']),
    },
  };
}
