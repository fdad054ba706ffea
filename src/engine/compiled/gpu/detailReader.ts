// What the last step leaves in the arena beyond its row, copied out and waited for: what telemetry above the core costs a GPU.
import type { Lifeline } from '../../gpu/lifeline.ts';
import type { DetailLevel, StepDetail } from '../../engine.ts';
import { detailParts } from '../detail.ts';
import { parameterRegions } from '../plan.ts';
import type { Kernel } from './stage.ts';

interface Source {
  readonly device: GPUDevice;
  readonly lifeline: Lifeline;
  readonly kernel: Kernel;
  readonly arena: GPUBuffer;
}

/** Elements of a replica's block. */
interface Piece {
  readonly offset: number;
  readonly size: number;
}

/** Squares beyond f32 lie beside the others, summed with every value × 2⁻⁸⁰: see backward.wgsl.ts. */
const bigScale = 2 ** 80;

function normOf(squares: Float32Array, big: Float32Array): number {
  const sum = squares.reduce((total, part) => total + part, 0);
  if (Number.isFinite(sum)) return Math.sqrt(sum);
  const scaled = squares.reduce(
    (total, part, slot) => total + (Number.isFinite(part) ? part / bigScale / bigScale : big[slot]!),
    0,
  );
  return Math.sqrt(scaled) * bigScale;
}

export class DetailReader {
  readonly #source: Source;
  /** Kept for the next step; as large as the largest level asked for. */
  #staging: GPUBuffer | undefined;
  /** One after another: there is one staging buffer. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: Source) {
    this.#source = source;
  }

  read(replica: number, level: DetailLevel): Promise<StepDetail> {
    const reading = this.#last.then(() => this.#read(replica, level));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  dispose(): void {
    this.#staging?.destroy();
  }

  async #read(replica: number, level: DetailLevel): Promise<StepDetail> {
    const parts = detailParts[level];
    const pieces = parts.map((part) => this.#pieces(part));
    const values = await this.#copy(replica, pieces.flat());
    let at = 0;
    const read = new Map(
      parts.map((part, index): [keyof StepDetail, readonly Float32Array<ArrayBuffer>[]] => [
        part,
        pieces[index]!.map(({ size }) => values.slice(at, (at += size))),
      ]),
    );
    const only = (part: keyof StepDetail) => read.get(part)?.[0] ?? new Float32Array();
    return {
      layerGradients: this.#norms(read.get('layerGradients') ?? []),
      activations: this.#means(read.get('activations') ?? []),
      parameters: only('parameters'),
      gradients: only('gradients'),
      losses: only('losses'),
    };
  }

  /** Squares, then big ones, of each layer. */
  #norms(sums: readonly Float32Array[]): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: sums.length / 2 }, (_, layer) =>
      normOf(sums[2 * layer]!, sums[2 * layer + 1]!),
    );
  }

  #means(sums: readonly Float32Array[]): Float32Array<ArrayBuffer> {
    const { batch } = this.#source.kernel;
    return new Float32Array(sums.flatMap((units) => Array.from(units, (sum) => sum / batch)));
  }

  #pieces(part: keyof StepDetail): readonly Piece[] {
    const { plan, regions } = this.#source.kernel;
    const named = (name: string): Piece => regions.region(name);
    // Parameters lie one after another, and so do their gradients.
    const [first] = parameterRegions(plan);
    const whole = (name: string): Piece => ({ offset: named(name).offset, size: regions.parameterCount });
    switch (part) {
      case 'layerGradients':
        return plan.layers.flatMap(({ number }) => [named(`squares.${number}`), named(`big.${number}`)]);
      case 'activations':
        return plan.layers.slice(0, plan.hiddenLayers).map(({ number }) => named(`unitSum.${number}`));
      case 'parameters':
        return first ? [whole(first.name)] : [];
      case 'gradients':
        return first ? [whole(`gradient.${first.name}`)] : [];
      case 'losses':
        return [named('rowLoss')];
    }
  }

  async #copy(replica: number, pieces: readonly Piece[]): Promise<Float32Array<ArrayBuffer>> {
    const { device, lifeline, kernel, arena } = this.#source;
    const bytes = pieces.reduce((sum, { size }) => sum + size, 0) * 4;
    if (bytes === 0) return new Float32Array();
    const staging = this.#stagingOf(bytes);
    const encoder = device.createCommandEncoder();
    let to = 0;
    for (const { offset, size } of pieces) {
      const from = (replica * kernel.regions.stride + offset) * 4;
      encoder.copyBufferToBuffer(arena, from, staging, to, size * 4);
      to += size * 4;
    }
    device.queue.submit([encoder.finish()]);
    await lifeline.guard(staging.mapAsync(GPUMapMode.READ, 0, bytes));
    const values = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
    staging.unmap();
    return values;
  }

  #stagingOf(bytes: number): GPUBuffer {
    if (this.#staging && this.#staging.size >= bytes) return this.#staging;
    this.#staging?.destroy();
    this.#staging = this.#source.device.createBuffer({
      label: 'detail',
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    return this.#staging;
  }
}
