// The benchmark's page in Chromium: measures when it is told to, and hands back plain data.
import type { BenchResult } from './result.ts';
import { runBench } from './run.ts';
import type { BenchOptions } from './wishes.ts';

declare global {
  /** Made by the host; writes a line to its standard error. */
  var benchProgress: (line: string) => void;
  var bench: ((options: BenchOptions) => Promise<BenchResult>) | undefined;
}

globalThis.bench = (options) =>
  runBench(options, {
    file: async (path) => {
      const response = await fetch(`/${path}`);
      if (!response.ok) throw new Error(`${path}: HTTP status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    progress: (line) => {
      globalThis.benchProgress(line);
    },
  });
