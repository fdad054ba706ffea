// Evaluations on the GPU: chunks of examples forward; of a set of the dataset, or of inputs of one's own.
import type { Dataset } from '../../../data/dataset.ts';
import type { Evaluation, Split } from '../../engine.ts';
import type { Lifeline } from '../../gpu/lifeline.ts';
import type { Buffers } from './memory.ts';
import type { Pipelines, Step } from './pipelines.ts';
import type { Kernel } from './stage.ts';

/** Distance between two chunks' words in their uniform buffer: the default alignment of dynamic offsets. */
const chunkStride = 256;
/** Results of this many bytes are read back at once. */
const largestReadback = 16 * 1024 * 1024;

interface Source {
  readonly device: GPUDevice;
  readonly lifeline: Lifeline;
  readonly kernel: Kernel;
  readonly pipelines: Pipelines;
  readonly buffers: Buffers;
}

interface Chunk {
  readonly first: number;
  readonly count: number;
}

/** Regions of the arena that an evaluation is read from, with elements per example. */
interface Result {
  readonly offset: number;
  readonly width: number;
}

export class Evaluator {
  readonly #source: Source;
  readonly #validation: GPUBuffer;
  readonly #validationGroup: GPUBindGroup;
  readonly #validationChunks: readonly Chunk[];

  constructor(source: Source) {
    this.#source = source;
    this.#validationChunks = this.#chunksOf(source.kernel.validationCount);
    this.#validation = this.#writeChunks(this.#validationChunks, 0, 0);
    this.#validationGroup = this.#groupOf(this.#validation);
  }

  /** Encodes a whole validation of all replicas into a pass; returns the number of dispatches. */
  encodeValidation(pass: GPUComputePassEncoder, replicas: number): number {
    const { evaluation } = this.#source.pipelines;
    this.#validationChunks.forEach((_, index) => {
      pass.setBindGroup(1, this.#validationGroup, [index * chunkStride]);
      for (const { pipeline, workgroups } of evaluation) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroups(workgroups, replicas);
      }
    });
    return this.#validationChunks.length * evaluation.length;
  }

  /**
   * Loss and accuracy are means over the set, summed in float64; the state of the run stays as it is.
   *
   * @param bindings asked for at every part: a new timeline may replace them while an evaluation is under way
   */
  async evaluate(
    bindings: () => GPUBindGroup,
    replica: number,
    dataset: Dataset,
    split: Split,
  ): Promise<Evaluation> {
    const { kernel } = this.#source;
    const { plan } = kernel;
    const own = typeof split === 'object' ? split.inputs : undefined;
    const count = own
      ? own.length / plan.features
      : (split === 'train' ? dataset.train : dataset.validation).count;
    const hidden = plan.layers.slice(0, plan.hiddenLayers);
    const outputs = new Float32Array(count * plan.classes);
    const units = hidden.map((layer) => new Float32Array(count * layer.outputs));
    let loss = 0;
    let right = 0;
    const perExample = this.#results().reduce((sum, { width }) => sum + width, 0) * 4;
    const batch = Math.max(1, Math.floor(largestReadback / perExample / kernel.chunk));
    const chunks = this.#chunksOf(count);
    for (let from = 0; from < chunks.length; from += batch) {
      const some = chunks.slice(from, from + batch);
      const parts = await this.#run(bindings(), replica, some, split === 'train' ? 1 : 0, own);
      some.forEach(({ first, count: size }, index) => {
        const [probabilities, losses, rights, ...layers] = parts[index]!;
        outputs.set(probabilities!.subarray(0, size * plan.classes), first * plan.classes);
        layers.forEach((values, layer) => {
          const width = hidden[layer]!.outputs;
          units[layer]!.set(values.subarray(0, size * width), first * width);
        });
        for (let k = 0; k < size; k++) {
          loss += losses![k]!;
          right += rights![k]!;
        }
      });
    }
    const labelled = own
      ? { loss: undefined, accuracy: undefined }
      : { loss: loss / count, accuracy: right / count };
    return { count, ...labelled, outputs, units };
  }

  dispose(): void {
    this.#validation.destroy();
  }

  #chunksOf(count: number): readonly Chunk[] {
    const { chunk } = this.#source.kernel;
    return Array.from({ length: Math.ceil(count / chunk) }, (_, index) => ({
      first: index * chunk,
      count: Math.min(chunk, count - index * chunk),
    }));
  }

  #writeChunks(chunks: readonly Chunk[], source: number, replica: number): GPUBuffer {
    const { device } = this.#source;
    const words = new Uint32Array((Math.max(1, chunks.length) * chunkStride) / 4);
    chunks.forEach(({ first, count }, index) => {
      words.set([first, count, source, replica], (index * chunkStride) / 4);
    });
    const buffer = device.createBuffer({
      label: 'chunks',
      size: words.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  #groupOf(buffer: GPUBuffer): GPUBindGroup {
    const { device, pipelines } = this.#source;
    return device.createBindGroup({
      layout: pipelines.layouts.chunk,
      entries: [{ binding: 0, resource: { buffer, size: 16 } }],
    });
  }

  #results(): readonly Result[] {
    const { plan, regions } = this.#source.kernel;
    const hidden = plan.layers.slice(0, plan.hiddenLayers);
    return [
      { offset: regions.region('eval.probabilities').offset, width: plan.classes },
      { offset: regions.region('eval.loss').offset, width: 1 },
      { offset: regions.region('eval.right').offset, width: 1 },
      ...hidden.map(({ number, outputs }) => ({
        offset: regions.region(`eval.a.${number}`).offset,
        width: outputs,
      })),
    ];
  }

  /** Some chunks in one submit and one readback; per chunk one array per result. */
  async #run(
    bindings: GPUBindGroup,
    replica: number,
    chunks: readonly Chunk[],
    source: number,
    own: Float32Array | undefined,
  ): Promise<readonly (readonly Float32Array[])[]> {
    const { device, lifeline, kernel, buffers, pipelines } = this.#source;
    const { features } = kernel.plan;
    const base = replica * kernel.regions.stride;
    const results = this.#results();
    const chunkBytes = results.reduce((sum, { width }) => sum + width, 0) * kernel.chunk * 4;
    const words = this.#writeChunks(chunks, source, replica);
    const group = this.#groupOf(words);
    const upload = own && this.#upload(own, chunks, features);
    const staging = device.createBuffer({
      label: 'evaluation',
      size: chunkBytes * chunks.length,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = device.createCommandEncoder();
    const steps = pipelines.evaluation.filter(
      ({ id }) => id !== 'evaluate.fold' && !(own && id === 'evaluate.load'),
    );
    let to = 0;
    chunks.forEach(({ first, count }, index) => {
      if (upload) {
        const input = (base + kernel.regions.region('eval.x').offset) * 4;
        const from = (first - chunks[0]!.first) * features * 4;
        encoder.copyBufferToBuffer(upload, from, buffers.arena, input, count * features * 4);
      }
      this.#encode(encoder, steps, bindings, group, index);
      for (const { offset, width } of results) {
        const size = width * kernel.chunk * 4;
        encoder.copyBufferToBuffer(buffers.arena, (base + offset) * 4, staging, to, size);
        to += size;
      }
    });
    device.queue.submit([encoder.finish()]);
    try {
      await lifeline.guard(staging.mapAsync(GPUMapMode.READ));
      const values = new Float32Array(staging.getMappedRange().slice(0));
      let at = 0;
      return chunks.map(() =>
        results.map(({ width }) => {
          const part = values.subarray(at, at + width * kernel.chunk);
          at += width * kernel.chunk;
          return part;
        }),
      );
    } finally {
      staging.destroy();
      words.destroy();
      upload?.destroy();
    }
  }

  #upload(own: Float32Array, chunks: readonly Chunk[], features: number): GPUBuffer {
    const { device } = this.#source;
    const first = chunks[0]!.first;
    const last = chunks.at(-1)!;
    const part = own.slice(first * features, (last.first + last.count) * features);
    const buffer = device.createBuffer({
      label: 'inputs',
      size: Math.max(4, part.byteLength),
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, part);
    return buffer;
  }

  #encode(
    encoder: GPUCommandEncoder,
    steps: readonly Step[],
    bindings: GPUBindGroup,
    group: GPUBindGroup,
    index: number,
  ): void {
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, bindings);
    pass.setBindGroup(1, group, [index * chunkStride]);
    for (const { pipeline, workgroups } of steps) {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(workgroups);
    }
    pass.end();
  }
}
