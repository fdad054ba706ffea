// Compiles requests to programs: chooses the execution, checks limits and structure, keeps pipelines of networks seen before.
import type { CheckpointStore } from './checkpointStore.ts';
import { EngineUnavailable, type CompileRequest, type Replicas } from '../../engine.ts';
import type { Lifeline } from '../../gpu/lifeline.ts';
import type { TelemetryLevel } from '../pass.ts';
import type { CompiledOptions, GpuExecution } from './index.ts';
import { makeKernel, planOf } from './kernel.ts';
import { dataBytes } from './memory.ts';
import { makeLayouts, makePipeline, makeSteps, type Layouts, type Pipelines } from './pipelines.ts';
import { GpuReplicas } from './replicas.ts';
import { evaluationModule, residentModule, stagedModule } from './shader.ts';
import { ShardedReplicas } from './sharded.ts';
import { cheaperExecution, shapeFor } from './shapes.ts';
import type { Kernel } from './stage.ts';

interface Source {
  readonly device: GPUDevice;
  readonly lifeline: Lifeline;
  readonly store: CheckpointStore;
  readonly hardware: boolean;
  readonly execution: CompiledOptions['execution'];
  readonly telemetry: TelemetryLevel;
}

export interface Compiled {
  readonly replicas: GpuReplicas;
  readonly execution: GpuExecution;
}

/** What must be the same in all replicas of a program, by the names that a recipe gives it. */
function structureOf(request: CompileRequest): Readonly<Record<string, unknown>> {
  const { recipe, dataset, fromStep } = request;
  const { layers, ...plan } = planOf(request);
  return {
    hidden: recipe.hidden,
    activation: layers[0]?.activation,
    batchNorm: layers.map(({ batchNorm }) => batchNorm),
    ...plan,
    validateEvery: recipe.validateEvery,
    train: dataset.train.count,
    validation: dataset.validation.count,
    data: dataset.train.inputs.constructor.name,
    image: dataset.image,
    fromStep,
  };
}

/** @throws RangeError that names the first field in which a request differs from the first */
function checkStructure(requests: readonly CompileRequest[]): void {
  const [first, ...others] = requests.map(structureOf);
  if (!first) throw new RangeError('replicas: there are none; give at least one request');
  others.forEach((other, index) => {
    const field = Object.keys(first).find((key) => JSON.stringify(first[key]) !== JSON.stringify(other[key]));
    if (field === undefined) return;
    const values = `${JSON.stringify(first[field])} and ${JSON.stringify(other[field])}`;
    throw new RangeError(
      `replicas: “${field}” is ${values} in numbers 0 and ${index + 1}; runs of another structure need a program of their own`,
    );
  });
}

export class Compiler {
  readonly #source: Source;
  readonly #layouts: Layouts;
  readonly #programs = new Set<GpuReplicas>();
  /** Pipelines by their code: another run of a network that this engine has seen compiles nothing. */
  readonly #pipelines = new Map<string, Promise<Pipelines>>();

  constructor(source: Source) {
    this.#source = source;
    this.#layouts = makeLayouts(source.device);
  }

  /**
   * @throws EngineUnavailable where a limit of the device stands in the way: which, what it allows and what is needed
   * @throws RangeError where the requests differ in structure
   */
  async compile(requests: readonly CompileRequest[]): Promise<Compiled> {
    checkStructure(requests);
    const { kernel, execution } = this.#kernelOf(requests);
    this.#checkLimits(kernel, requests);
    const { device, lifeline, store } = this.#source;
    const pipelines = await this.#pipelinesOf(kernel, execution, requests[0]!.recipe.validateEvery);
    lifeline.check();
    const forget = (replicas: GpuReplicas) => this.#programs.delete(replicas);
    const replicas = new GpuReplicas({ device, lifeline, store, kernel, pipelines, requests, forget });
    this.#programs.add(replicas);
    return { replicas, execution };
  }

  /** As many programs as the largest binding asks for. */
  async compileMany(requests: readonly CompileRequest[]): Promise<Replicas> {
    checkStructure(requests);
    const { kernel } = this.#kernelOf(requests);
    const { maxStorageBufferBindingSize } = this.#source.device.limits;
    const most = Math.max(1, Math.floor(maxStorageBufferBindingSize / (kernel.regions.stride * 4)));
    const shards = Array.from({ length: Math.ceil(requests.length / most) }, (_, shard) =>
      requests.slice(shard * most, (shard + 1) * most),
    );
    const compiled = await Promise.all(shards.map((shard) => this.compile(shard)));
    const [only] = compiled;
    if (compiled.length === 1 && only) return only.replicas;
    return new ShardedReplicas(compiled.map(({ replicas }) => replicas));
  }

  dispose(): void {
    for (const program of this.#programs) program.dispose();
  }

  #kernelOf(requests: readonly CompileRequest[]): {
    readonly kernel: Kernel;
    readonly execution: GpuExecution;
  } {
    const { execution: asked, hardware, telemetry } = this.#source;
    const [first] = requests;
    if (!first) throw new RangeError('replicas: there are none; give at least one request');
    const execution = asked === 'auto' ? cheaperExecution(planOf(first), requests.length, hardware) : asked;
    return { kernel: makeKernel(first, shapeFor(execution, hardware), telemetry), execution };
  }

  #checkLimits({ regions }: Kernel, requests: readonly CompileRequest[]): void {
    const { maxStorageBufferBindingSize: most } = this.#source.device.limits;
    const check = (what: string, needed: number, remedy: string): void => {
      if (needed <= most) return;
      const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
      throw new EngineUnavailable(
        `${what} needs ${megabytes(needed)} of GPU memory in one piece, and this GPU binds at most ${megabytes(most)} (maxStorageBufferBindingSize); ${remedy}.`,
      );
    };
    check('This network', regions.stride * 4 * requests.length, 'a smaller batch or narrower layers fit');
    check('The data', dataBytes(requests.map(({ dataset }) => dataset)), 'fewer examples fit');
  }

  #pipelinesOf(kernel: Kernel, execution: GpuExecution, validateEvery: number): Promise<Pipelines> {
    const train = execution === 'resident' ? residentModule(kernel, validateEvery) : stagedModule(kernel);
    const key = typeof train === 'string' ? train : train.code;
    const known = this.#pipelines.get(key);
    if (known) return known;
    const made = this.#makePipelines(kernel, train);
    this.#pipelines.set(key, made);
    made.catch(() => this.#pipelines.delete(key));
    return made;
  }

  async #makePipelines(kernel: Kernel, train: ReturnType<typeof stagedModule> | string): Promise<Pipelines> {
    const { device } = this.#source;
    const { main, chunk } = this.#layouts;
    const evaluation = makeSteps(device, [main, chunk], 'evaluation', evaluationModule(kernel));
    if (typeof train === 'string') {
      const pipeline = await makePipeline(device, [main], 'resident', train, 'train');
      return { layouts: this.#layouts, train: { kind: 'resident', pipeline }, evaluation: await evaluation };
    }
    const steps = await makeSteps(device, [main], 'staged', train);
    return { layouts: this.#layouts, train: { kind: 'staged', steps }, evaluation: await evaluation };
  }
}
