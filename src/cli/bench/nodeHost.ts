// Runs the benchmark in Node, with WebGPU from the npm package `webgpu` (Dawn).
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { driverHint, provideWebgpu } from '../nodeEngine.ts';
import type { BenchResult } from './result.ts';
import type { BenchOptions } from './wishes.ts';

const publicFolder = new URL('../../../public/', import.meta.url);

async function checkAdapter(gpu: GPU, progress: (line: string) => void): Promise<void> {
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter) return;
  progress(`Dawn finds no GPU driver, so every row on WebGPU will fail. ${driverHint}`);
}

export async function benchInNode(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<BenchResult> {
  await checkAdapter(await provideWebgpu(), progress);
  // Only now: some of what the contenders import looks for navigator.gpu as it loads.
  const { runBench } = await import('./run.ts');
  return runBench(options, {
    file: async (path) => new Uint8Array(await readFile(fileURLToPath(new URL(path, publicFolder)))),
    progress,
  });
}
