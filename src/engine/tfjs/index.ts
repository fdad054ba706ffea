// The tfjs engine: recipes trained in TensorFlow.js operations, on its WebGPU or CPU backend; the independent oracle of the others.
import type { Engine, Program } from '../engine.ts';
import { openCpu, openWebgpu, type Backend } from './backend.ts';
import { requestDevice, requireAdapter } from '../gpu/device.ts';
import { Lifeline } from '../gpu/lifeline.ts';
import { TfjsProgram } from './program.ts';

/** `device` is there on WebGPU only. */
export type TfjsEngine = Engine & { readonly device?: GPUDevice };

function makeEngine(id: string, description: string, backend: Backend, lifeline: Lifeline): TfjsEngine {
  const programs = new Set<Program>();
  let disposed = false;
  return {
    id,
    description,
    lost: lifeline.lost,
    compile: (request) =>
      new Promise((resolve) => {
        lifeline.check();
        const program: Program = new TfjsProgram(backend, lifeline, request, () => programs.delete(program));
        programs.add(program);
        resolve(program);
      }),
    dispose: () => {
      if (disposed) return;
      disposed = true;
      lifeline.close('the engine was disposed of');
      for (const program of programs) program.dispose();
      backend.close();
    },
  };
}

async function createWebgpu(): Promise<TfjsEngine> {
  const { adapter, hardware, description } = await requireAdapter('tfjs.webgpu');
  const lifeline = new Lifeline('TensorFlow.js');
  const device = await requestDevice('tfjs.webgpu', adapter, lifeline);
  const backend = await openWebgpu(device, adapter.info);
  const text = `TensorFlow.js on WebGPU: ${description}${hardware ? '' : ' (software adapter: slow)'}`;
  const engine = makeEngine('tfjs.webgpu', text, backend, lifeline);
  return {
    ...engine,
    device,
    dispose: () => {
      engine.dispose();
      device.destroy();
    },
  };
}

/**
 * Loads TensorFlow.js and makes an engine of it; several may live side by side.
 * @throws EngineUnavailable where WebGPU, an adapter or a device is missing, with the cause and what to do
 */
export async function createTfjsEngine(backend: 'webgpu' | 'cpu'): Promise<TfjsEngine> {
  if (backend === 'webgpu') return createWebgpu();
  return makeEngine('tfjs.cpu', 'TensorFlow.js on the CPU', await openCpu(), new Lifeline('TensorFlow.js'));
}
