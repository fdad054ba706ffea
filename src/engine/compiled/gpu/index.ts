// The compiled engine on the GPU: executions *resident* and *staged*.
import {
  EngineUnavailable,
  type CompileRequest,
  type Counters,
  type Engine,
  type Program,
  type Replicas,
} from '../../engine.ts';

export type GpuExecution = 'resident' | 'staged';

export interface CompiledOptions {
  /** `auto` lets the cost model choose for each network. */
  readonly execution: GpuExecution | 'auto';
  /** `off` is for the benchmark: shaders without any telemetry; programs then hand over no rows. */
  readonly telemetry?: 'core' | 'off';
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
export function createCompiledEngine(options: CompiledOptions): Promise<CompiledEngine> {
  return Promise.reject(new EngineUnavailable(`compiled.${options.execution}: under construction`));
}
