// Runs `reproduce` as its command does, into folders of a test's own.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { reproduce } from '../../src/cli/reproduce/run.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-reproduce-'));
  folders.push(folder);
  return folder;
}

export interface Done {
  readonly status: number;
  /** What came on standard output, and on standard error. */
  readonly printed: string;
  readonly said: string;
  /** Where the files were to go. */
  readonly out: string;
  /** What lies there, and in the folder around it. */
  readonly files: readonly string[];
  readonly around: readonly string[];
  read(name: string): string;
}

/** @param out where the files are to go; otherwise into a new folder in an empty one */
export async function run(
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
  out = join(emptyFolder(), 'out'),
): Promise<Done> {
  const [printed, said]: [string[], string[]] = [[], []];
  const status = await reproduce([...args, '--out', out], {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    locate: (path) => path,
    file: (path) => Promise.resolve(new Uint8Array(readFileSync(`public/${path}`))),
    signal,
  });
  return {
    status,
    printed: printed.join('\n'),
    said: said.join('\n'),
    out,
    files: statSync(out, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(out).sort() : [],
    around: readdirSync(dirname(out)),
    read: (name) => readFileSync(join(out, name), 'utf8'),
  };
}

/** A recipe's text in a file. */
export function recipeFile(text: string): string {
  const path = join(emptyFolder(), 'recipe.json');
  writeFileSync(path, text);
  return path;
}

/** Small enough to train in a moment: every kind of line is in it, a fork among them. */
export const smallRecipe = {
  seed: 3,
  train: 64,
  validation: 32,
  hidden: [6, 4],
  batch: 16,
  validateEvery: 5,
  checkpointEvery: 16,
  timeline: [
    { at: 20, by: 'kill-relus', change: { kind: 'push-biases', layer: 1, units: 6, perStep: -3, steps: 5 } },
    { at: 48, by: 'batch-norm', rewindTo: 48, change: { kind: 'set', settings: { batchNorm: true } } },
  ],
} as const;

export function runRecipe(recipe: object, ...args: readonly string[]): Promise<Done> {
  return run(['--recipe', recipeFile(JSON.stringify(recipe)), ...args]);
}
