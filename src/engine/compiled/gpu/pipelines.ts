// Compiles WGSL into pipelines; a shader that does not compile is a message with its line.
import type { Dispatch, StagedModule } from './shader.ts';

export interface Layouts {
  readonly main: GPUBindGroupLayout;
  /** The examples of an evaluation's chunk, by dynamic offset. */
  readonly chunk: GPUBindGroupLayout;
}

export interface Step extends Dispatch {
  readonly pipeline: GPUComputePipeline;
}

/** The pipelines of one network. Resident has one for whole steps, staged one per stage; both have those of an evaluation. */
export interface Pipelines {
  readonly layouts: Layouts;
  readonly train: TrainPipelines;
  readonly evaluation: readonly Step[];
}

export type TrainPipelines =
  | { readonly kind: 'resident'; readonly pipeline: GPUComputePipeline }
  | { readonly kind: 'staged'; readonly steps: readonly Step[] };

export function makeLayouts(device: GPUDevice): Layouts {
  const { COMPUTE } = GPUShaderStage;
  const types: readonly GPUBufferBindingType[] = [
    'read-only-storage',
    'read-only-storage',
    'storage',
    'storage',
    'storage',
    'uniform',
  ];
  return {
    main: device.createBindGroupLayout({
      entries: types.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } })),
    }),
    chunk: device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } }],
    }),
  };
}

/** @throws Error with the compiler's words and the line that they are about */
async function compileModule(device: GPUDevice, label: string, code: string): Promise<GPUShaderModule> {
  const module = device.createShaderModule({ label, code });
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length === 0) return module;
  const lines = code.split('\n');
  const text = errors
    .slice(0, 3)
    .map(({ lineNum, message }) => `${message} in “${lines[lineNum - 1]?.trim() ?? ''}”`);
  throw new Error(`the shader “${label}” does not compile: ${text.join('; ')}`);
}

export async function makePipeline(
  device: GPUDevice,
  layouts: readonly GPUBindGroupLayout[],
  label: string,
  code: string,
  entryPoint: string,
): Promise<GPUComputePipeline> {
  device.pushErrorScope('validation');
  const compiled = compileModule(device, label, code);
  void device.popErrorScope();
  return device.createComputePipelineAsync({
    label,
    layout: device.createPipelineLayout({ bindGroupLayouts: [...layouts] }),
    compute: { module: await compiled, entryPoint },
  });
}

export async function makeSteps(
  device: GPUDevice,
  layouts: readonly GPUBindGroupLayout[],
  label: string,
  { code, dispatches }: StagedModule,
): Promise<readonly Step[]> {
  device.pushErrorScope('validation');
  const compiled = compileModule(device, label, code);
  void device.popErrorScope();
  const module = await compiled;
  const layout = device.createPipelineLayout({ bindGroupLayouts: [...layouts] });
  return Promise.all(
    dispatches.map(async (dispatch) => ({
      ...dispatch,
      pipeline: await device.createComputePipelineAsync({
        label: `${label} ${dispatch.id}`,
        layout,
        compute: { module, entryPoint: dispatch.entry },
      }),
    })),
  );
}
