// Engines outside a browser: plain JavaScript, or our GPU executions with WebGPU from the npm package `webgpu` (Dawn).
import { plainEngine } from '../engine/compiled/plain.ts';
import type { CompiledEngine } from '../engine/compiled/gpu/index.ts';
import { EngineUnavailable, type Engine } from '../engine/engine.ts';

export const nodeEngineIds = ['compiled.plain', 'compiled', 'compiled.resident', 'compiled.staged'] as const;
export type NodeEngineId = (typeof nodeEngineIds)[number];

const executions = {
  compiled: 'auto',
  'compiled.resident': 'resident',
  'compiled.staged': 'staged',
} as const;

/** What Dawn needs on a machine where it finds no GPU driver. */
export const driverHint =
  'It needs a Vulkan, Metal or D3D12 driver; without a GPU a software one such as SwiftShader’s, ' +
  'e.g. VK_ICD_FILENAMES=/path/to/vk_swiftshader_icd.json (and LD_LIBRARY_PATH where its libraries lie).';

/**
 * TensorFlow.js, jax-js and we look for `navigator.gpu`, as in a browser; Node before 21 has no navigator at all. It also keeps Dawn's
 * instance from being collected while its devices live.
 */
export async function provideWebgpu(): Promise<GPU> {
  const { create, globals } = await import('webgpu');
  const gpu = create([]);
  Object.assign(globalThis, globals);
  const navigator = { userAgent: 'Node.js', hardwareConcurrency: 1, gpu };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return gpu;
}

/** @throws EngineUnavailable with what is missing and what to do */
export async function makeNodeEngine(id: NodeEngineId): Promise<Engine> {
  return id === 'compiled.plain' ? plainEngine : makeNodeGpuEngine(id);
}

/** @throws EngineUnavailable with what is missing and what to do */
export async function makeNodeGpuEngine(
  id: Exclude<NodeEngineId, 'compiled.plain'>,
): Promise<CompiledEngine> {
  const gpu = await provideWebgpu().catch((error: unknown) => {
    throw new EngineUnavailable(`${id}: the npm package webgpu did not start (${String(error)}).`);
  });
  // Most runs are plain and need none of the kernels.
  const { createCompiledEngine } = await import('../engine/compiled/gpu/index.ts');
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) throw new EngineUnavailable(`${id}: Dawn finds no GPU driver. ${driverHint}`);
  return createCompiledEngine({ execution: executions[id], gpu });
}
