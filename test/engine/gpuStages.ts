// Runs single stages of the compiled engine's WGSL on an arena that a test fills and reads back.
import type { Dataset, Samples } from '../../src/data/dataset.ts';
import type { Recipe } from '../../src/core/recipe.ts';
import type { CompileRequest } from '../../src/engine/engine.ts';
import { makeKernel } from '../../src/engine/compiled/gpu/kernel.ts';
import { makeBuffers, packData, type Buffers } from '../../src/engine/compiled/gpu/memory.ts';
import { makeLayouts, makeSteps, type Step } from '../../src/engine/compiled/gpu/pipelines.ts';
import { stateHead, stateWords } from '../../src/engine/compiled/gpu/prelude.ts';
import { evaluationModule, stagedModule } from '../../src/engine/compiled/gpu/shader.ts';
import type { Kernel, Shape } from '../../src/engine/compiled/gpu/stage.ts';
import { encodeTable } from '../../src/engine/compiled/gpu/table.ts';

/** The runs of a bench: the one under test is the second, so that a kernel that forgets its replica fails. */
const replicas = 2;
const tested = 1;

/** What no stage may read before another has written it; and what it may not overwrite. */
const untouched = 0x7fc0beef;

export interface Chunk {
  readonly first: number;
  readonly count: number;
  /** 0 = validation, 1 = training examples. */
  readonly source: number;
}

export interface After {
  readonly arena: Float32Array<ArrayBuffer>;
  readonly state: Uint32Array<ArrayBuffer>;
  readonly ring: Uint32Array<ArrayBuffer>;
}

export class StageBench {
  readonly kernel: Kernel;
  readonly steps: readonly Step[];
  readonly evaluation: readonly Step[];
  /** The arena's block of the run under test, as the next stage finds it. */
  readonly block: Float32Array<ArrayBuffer>;
  /** Its words of the state. */
  readonly state = new Uint32Array(stateWords);
  readonly #device: GPUDevice;
  readonly #buffers: Buffers;
  readonly #table: GPUBuffer;
  readonly #chunk: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #main: GPUBindGroup;
  readonly #chunkGroup: GPUBindGroup;

  static async make(device: GPUDevice, request: CompileRequest, shape: Shape): Promise<StageBench> {
    const kernel = makeKernel(request, shape, 'core');
    const layouts = makeLayouts(device);
    const [steps, evaluation] = await Promise.all([
      makeSteps(device, [layouts.main], 'staged', stagedModule(kernel)),
      makeSteps(device, [layouts.main, layouts.chunk], 'evaluation', evaluationModule(kernel)),
    ]);
    return new StageBench(device, request, kernel, layouts, steps, evaluation);
  }

  private constructor(
    device: GPUDevice,
    request: CompileRequest,
    kernel: Kernel,
    layouts: ReturnType<typeof makeLayouts>,
    steps: readonly Step[],
    evaluation: readonly Step[],
  ) {
    this.kernel = kernel;
    this.steps = steps;
    this.evaluation = evaluation;
    this.#device = device;
    this.block = new Float32Array(kernel.regions.stride);
    new Uint32Array(this.block.buffer).fill(untouched);
    const other = { ...request, recipe: { ...request.recipe, seed: request.recipe.seed + 1 } };
    const { words, places } = packData([other.dataset, request.dataset]);
    const table = encodeTable(
      [other, request].map((one, index) => ({ request: one, place: places[index]! })),
    );
    this.#buffers = makeBuffers(device, kernel, replicas, words);
    const { data, arena, state, ring, control, ringRows } = this.#buffers;
    const make = (size: number, usage: number) => device.createBuffer({ size, usage });
    this.#table = make(table.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    this.#chunk = make(256, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    this.#staging = make(this.#bytes().total, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    device.queue.writeBuffer(this.#table, 0, table);
    device.queue.writeBuffer(control, 0, new Uint32Array([0, 1, ringRows, replicas]));
    this.#main = device.createBindGroup({
      layout: layouts.main,
      entries: [data, this.#table, arena, state, ring, control].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
    this.#chunkGroup = device.createBindGroup({
      layout: layouts.chunk,
      entries: [{ binding: 0, resource: { buffer: this.#chunk, size: 16 } }],
    });
  }

  /** A region of the block. */
  region(name: string, of: Float32Array<ArrayBuffer> = this.block): Float32Array<ArrayBuffer> {
    const { offset, size } = this.kernel.regions.region(name);
    return of.subarray(offset, offset + size);
  }

  /** Runs one stage on block and state, and returns what it leaves; both stay as they are. */
  async run(step: Step, chunk?: Chunk): Promise<After> {
    const { queue } = this.#device;
    const { arena, state, ring } = this.#buffers;
    const bytes = this.#bytes();
    queue.writeBuffer(arena, tested * bytes.arena, this.block);
    queue.writeBuffer(state, (stateHead + tested * stateWords) * 4, this.state);
    if (chunk)
      queue.writeBuffer(this.#chunk, 0, new Uint32Array([chunk.first, chunk.count, chunk.source, 0]));
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(step.pipeline);
    pass.setBindGroup(0, this.#main);
    if (chunk) pass.setBindGroup(1, this.#chunkGroup, [0]);
    pass.dispatchWorkgroups(step.workgroups, replicas);
    pass.end();
    const row = ((this.state[7]! % this.#buffers.ringRows) * replicas + tested) * bytes.row;
    encoder.copyBufferToBuffer(arena, tested * bytes.arena, this.#staging, 0, bytes.arena);
    encoder.copyBufferToBuffer(
      state,
      (stateHead + tested * stateWords) * 4,
      this.#staging,
      bytes.arena,
      bytes.state,
    );
    encoder.copyBufferToBuffer(ring, row, this.#staging, bytes.arena + bytes.state, bytes.row);
    queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ);
    const memory = this.#staging.getMappedRange().slice(0);
    this.#staging.unmap();
    return {
      arena: new Float32Array(memory, 0, bytes.arena / 4),
      state: new Uint32Array(memory, bytes.arena, stateWords),
      ring: new Uint32Array(memory, bytes.arena + bytes.state, bytes.row / 4),
    };
  }

  /** Regions outside `written` that a stage has changed nevertheless. */
  trespasses({ arena }: After, written: ReadonlySet<string>): string[] {
    const before = new Uint32Array(this.block.buffer);
    const after = new Uint32Array(arena.buffer);
    return this.kernel.regions.list.flatMap(({ name, offset, size }) => {
      if (written.has(name)) return [];
      for (let k = offset; k < offset + size; k++) {
        if (before[k] !== after[k])
          return [`${name}[${k - offset}] is changed, and is not this stage's to change`];
      }
      return [];
    });
  }

  dispose(): void {
    const { data, arena, state, ring, control } = this.#buffers;
    const own = [this.#table, this.#chunk, this.#staging];
    for (const buffer of [data, arena, state, ring, control, ...own]) buffer.destroy();
  }

  #bytes() {
    const [arena, state, row] = [
      this.kernel.regions.stride * 4,
      stateWords * 4,
      this.kernel.layout.width * 4,
    ];
    return { arena, state, row, total: arena + state + row };
  }
}

/** Numbers that look random and are the same every time, in [0, 1). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A dataset of clusters; as bytes where `image`, as a picture of 4 rows or 1 is: in both some blocks are smaller than 4 × 4. */
export function syntheticData(features: number, classes: number, image: boolean, seed = 7): Dataset {
  const random = noise(seed);
  const samples = (count: number): Samples => {
    const labels = Uint8Array.from({ length: count }, () => Math.floor(random() * classes));
    const inputs = Array.from({ length: count * features }, (_, k) => {
      const label = labels[Math.floor(k / features)]!;
      return image
        ? Math.floor(random() * 200) + 20 * label
        : random() * 4 - 2 + (k % classes === label ? 1 : 0);
    });
    return { count, labels, inputs: image ? Uint8Array.from(inputs) : Float32Array.from(inputs) };
  };
  const [train, validation, production] = [samples(53), samples(41), samples(37)];
  const height = features % 4 === 0 ? 4 : 1;
  const size = image ? { height, width: features / height } : null;
  return { id: 'synthetic', features, classes, train, validation, production, target: null, image: size };
}

export function syntheticRequest(recipe: Recipe, dataset: Dataset): CompileRequest {
  return { recipe, generation: 0, dataset, fromStep: 0 };
}
