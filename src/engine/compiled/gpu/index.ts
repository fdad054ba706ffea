// The compiled engine on the GPU: executions *resident* and *staged*.
import { requestDevice, requireAdapter } from '../../gpu/device.ts';
import { Lifeline } from '../../gpu/lifeline.ts';
import {
  EngineUnavailable,
  type CompileRequest,
  type Counters,
  type Engine,
  type Program,
  type Replicas,
} from '../../engine.ts';
import type { TelemetryLevel } from '../pass.ts';
import { CheckpointStore } from './checkpointStore.ts';
import { Compiler } from './compiler.ts';
import { singleProgram } from './single.ts';
import { selfTest } from './selfTest.ts';

export type GpuExecution = 'resident' | 'staged';

export interface CompiledOptions {
  /** `auto` lets the cost model choose for each network. */
  readonly execution: GpuExecution | 'auto';
  /** `off` is for the benchmark: shaders without any telemetry; programs then hand over no rows. */
  readonly telemetry?: TelemetryLevel;
  /** Where adapters come from; absent = the browser's own. In Node, what the npm package `webgpu` makes. */
  readonly gpu?: GPU;
}

export interface CompiledProgram extends Program {
  readonly execution: GpuExecution;
  readonly counters: Readonly<Counters>;
}

export interface CompiledEngine extends Engine {
  readonly device: GPUDevice;
  /** False for adapters that compute on the CPU. */
  readonly hardware: boolean;
  compile(request: CompileRequest): Promise<CompiledProgram>;
  /** @throws RangeError where the requests differ in structure, naming the field */
  compileReplicas(requests: readonly CompileRequest[]): Promise<Replicas>;
}

/** @throws EngineUnavailable where WebGPU, an adapter or a device is missing, or the self-test fails, with the cause and what to do */
export async function createCompiledEngine(options: CompiledOptions): Promise<CompiledEngine> {
  const { execution, telemetry = 'core', gpu } = options;
  const id = execution === 'auto' ? 'compiled' : `compiled.${execution}`;
  const { adapter, hardware, description } = await requireAdapter(id, gpu);
  const lifeline = new Lifeline('the GPU');
  const device = await requestDevice(id, adapter, lifeline);
  const store = new CheckpointStore(device, lifeline);
  const compiler = new Compiler({ device, lifeline, store, hardware, execution, telemetry });
  const engine: CompiledEngine = {
    id,
    description: `WGSL on WebGPU: ${description}${hardware ? '' : ' (software adapter: slow)'}`,
    device,
    hardware,
    lost: lifeline.lost,
    compile: async (request) => {
      const { replicas, execution: chosen } = await compiler.compile([request]);
      return singleProgram(replicas, chosen);
    },
    compileReplicas: async (requests) => compiler.compileMany(requests),
    dispose: () => {
      lifeline.close('the engine was disposed of');
      compiler.dispose();
      device.destroy();
    },
  };
  if (telemetry !== 'off') {
    try {
      await selfTest(engine, telemetry);
    } catch (error) {
      engine.dispose();
      throw new EngineUnavailable(
        `${id}: the start-up check failed on ${description} (${error instanceof Error ? error.message : String(error)}).`,
      );
    }
  }
  return engine;
}
