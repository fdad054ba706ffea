// Runs the benchmark in Node, with WebGPU from the npm package `webgpu` (Dawn).
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { create, globals } from 'webgpu';
import type { BenchResult } from './result.ts';
import type { BenchOptions } from './wishes.ts';

const publicFolder = new URL('../../../public/', import.meta.url);

/** TensorFlow.js, jax-js and we look for `navigator.gpu`, as in a browser; Node before 21 has no navigator at all. */
function provideWebgpu(): GPU {
  const gpu = create([]);
  Object.assign(globalThis, globals);
  const navigator = { userAgent: 'Node.js', hardwareConcurrency: 1, gpu };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return gpu;
}

async function checkAdapter(gpu: GPU, progress: (line: string) => void): Promise<void> {
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter) return;
  progress(
    'Dawn finds no GPU driver, so every row on WebGPU will fail. It needs a Vulkan, Metal or D3D12 driver; without a GPU a software ' +
      "one such as SwiftShader's, e.g. VK_ICD_FILENAMES=/path/to/vk_swiftshader_icd.json (and LD_LIBRARY_PATH where its libraries lie).",
  );
}

export async function benchInNode(
  options: BenchOptions,
  progress: (line: string) => void,
): Promise<BenchResult> {
  await checkAdapter(provideWebgpu(), progress);
  // Only now: some of what the contenders import looks for navigator.gpu as it loads.
  const { runBench } = await import('./run.ts');
  return runBench(options, {
    file: async (path) => new Uint8Array(await readFile(fileURLToPath(new URL(path, publicFolder)))),
    progress,
  });
}
