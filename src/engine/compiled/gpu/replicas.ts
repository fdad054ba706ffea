// Several runs of one structure in one GPU program: submits whole steps, reads rows without waiting, evaluates and restores.
import type { Recipe } from '../../../core/recipe.ts';
import type { RowLayout } from '../../../core/layout.ts';
import { joinWords } from '../../../core/layout.ts';
import type { Lifeline } from '../../gpu/lifeline.ts';
import type {
  Checkpoint,
  CompileRequest,
  Counters,
  DetailLevel,
  Evaluation,
  Kept,
  Replicas,
  Split,
  StepDetail,
} from '../../engine.ts';
import type { CheckpointStore } from './checkpointStore.ts';
import { DetailReader } from './detailReader.ts';
import { Evaluator } from './evaluator.ts';
import { makeBuffers, packData, persistentOf, stateOf, type Buffers } from './memory.ts';
import type { Pipelines } from './pipelines.ts';
import { stateHead, stateWords } from './prelude.ts';
import { RowReader } from './rowReader.ts';
import type { Kernel } from './stage.ts';
import { StepEncoder } from './stepEncoder.ts';
import { SubmitPacer } from './submitPacer.ts';
import { encodeTable, type Timed } from './table.ts';

export interface ReplicasSource {
  readonly device: GPUDevice;
  readonly lifeline: Lifeline;
  readonly store: CheckpointStore;
  readonly kernel: Kernel;
  readonly pipelines: Pipelines;
  readonly requests: readonly CompileRequest[];
  readonly forget: (replicas: GpuReplicas) => void;
}

export class GpuReplicas implements Replicas {
  readonly #source: ReplicasSource;
  readonly #buffers: Buffers;
  readonly #timed: Timed[];
  readonly #reader: RowReader;
  readonly #evaluator: Evaluator;
  readonly #details: DetailReader;
  readonly #encoder: StepEncoder;
  readonly #pacer: SubmitPacer;
  readonly counters: Counters = { steps: 0, dispatches: 0, submits: 0, maps: 0, readbackBytes: 0 };
  #table: GPUBuffer;
  #bindings: GPUBindGroup;
  #step: number;
  #disposed = false;

  constructor(source: ReplicasSource) {
    const { device, lifeline, kernel, requests, pipelines } = source;
    this.#source = source;
    const { words, places } = packData(requests.map(({ dataset }) => dataset));
    this.#timed = requests.map((request, index) => ({ request, place: places[index]! }));
    this.#buffers = makeBuffers(device, kernel, requests.length, words);
    const table = encodeTable(this.#timed);
    this.#table = this.#makeTable(table.byteLength);
    device.queue.writeBuffer(this.#table, 0, table);
    this.#bindings = this.#bind();
    this.#step = requests[0]?.fromStep ?? 0;
    const { ring, ringRows } = this.#buffers;
    this.#reader = new RowReader(
      {
        device,
        lifeline,
        ring,
        ringRows,
        width: kernel.layout.width,
        replicas: requests.length,
        counters: this.counters,
      },
      this.#step,
    );
    this.#evaluator = new Evaluator({ device, lifeline, kernel, pipelines, buffers: this.#buffers });
    this.#details = new DetailReader({ device, lifeline, kernel, arena: this.#buffers.arena });
    this.#encoder = new StepEncoder(pipelines.train, this.#evaluator, requests);
    this.#pacer = new SubmitPacer(device, lifeline, Math.max(1, Math.floor(ringRows / 4)));
    this.#load(requests.map(() => new Map()));
  }

  get count(): number {
    return this.#timed.length;
  }

  get layout(): RowLayout {
    return this.#source.kernel.layout;
  }

  get step(): number {
    return this.#step;
  }

  get missed(): number {
    return this.#reader.missed;
  }

  /** Resolves when all steps are submitted; at most two submits are under way, and no unread row is overwritten. */
  async advance(steps: number): Promise<void> {
    for (let left = steps; left > 0;) {
      await this.#pacer.turn();
      this.#check();
      const count = Math.min(left, this.#pacer.steps);
      while (this.#tells && this.#step + count - this.#reader.from > this.#buffers.ringRows) {
        await this.#reader.makeRoom(this.#step);
        this.#check();
      }
      this.#submit(count);
      left -= count;
      if (this.#tells) this.#reader.collect(this.#step, false);
    }
  }

  async rows(which: 'all' | 'arrived' = 'all'): Promise<readonly Uint32Array<ArrayBuffer>[]> {
    this.#check();
    if (this.#tells) {
      if (which === 'all') await this.#reader.drain(this.#step);
      else this.#reader.collect(this.#step, false);
    }
    const blocks = this.#reader.take();
    return this.#timed.map((_, replica) => joinWords(blocks.map((rows) => rows[replica]!)));
  }

  async detail(replica: number, level: DetailLevel): Promise<StepDetail> {
    this.#check();
    return this.#details.read(replica, level);
  }

  keep(replica: number): Kept {
    this.#check();
    const { store, kernel } = this.#source;
    return store.keep(kernel, this.#buffers, replica, this.#step);
  }

  async checkpoint(replica: number): Promise<Checkpoint> {
    const kept = this.keep(replica);
    try {
      return await kept.read();
    } finally {
      kept.dispose();
    }
  }

  /** @throws RangeError where the checkpoints are of different steps, or not one per replica */
  restore(checkpoints: readonly Checkpoint[]): Promise<void> {
    this.#check();
    const step = checkpoints[0]?.step ?? 0;
    if (checkpoints.length !== this.count || checkpoints.some((checkpoint) => checkpoint.step !== step)) {
      const steps = checkpoints.map((checkpoint) => checkpoint.step).join(', ');
      throw new RangeError(
        `restore: ${this.count} checkpoints of one step are needed; given are steps ${steps}`,
      );
    }
    this.#step = step;
    this.#reader.restart(step);
    this.#load(
      checkpoints.map(({ regions }) => regions),
      checkpoints,
    );
    return Promise.resolve();
  }

  evaluate(replica: number, split: Split): Promise<Evaluation> {
    this.#check();
    const { dataset } = this.#timed[replica]!.request;
    return this.#evaluator.evaluate(() => this.#bindings, replica, dataset, split);
  }

  intervene(replica: number, recipe: Recipe): void {
    this.#check();
    const { request, place } = this.#timed[replica]!;
    this.#timed[replica] = { request: { ...request, recipe }, place };
    this.#encoder.retime(this.#timed.map((timed) => timed.request));
    const table = encodeTable(this.#timed);
    if (table.byteLength > this.#table.size) {
      this.#table.destroy();
      this.#table = this.#makeTable(table.byteLength);
      this.#bindings = this.#bind();
    }
    this.#source.device.queue.writeBuffer(this.#table, 0, table);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#source.forget(this);
    const { data, arena, state, ring, control } = this.#buffers;
    for (const buffer of [data, arena, state, ring, control, this.#table]) buffer.destroy();
    this.#reader.dispose();
    this.#evaluator.dispose();
    this.#details.dispose();
  }

  get #tells(): boolean {
    return this.#source.kernel.telemetry !== 'off';
  }

  #check(): void {
    if (this.#disposed) throw new Error('program: disposed of; compile a new one');
    this.#source.lifeline.check();
  }

  /** With room for some more entries, so that few presses need a new one. */
  #makeTable(bytes: number): GPUBuffer {
    return this.#source.device.createBuffer({
      label: 'table',
      size: bytes + 4096,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  #bind(): GPUBindGroup {
    const { data, arena, state, ring, control } = this.#buffers;
    return this.#source.device.createBindGroup({
      layout: this.#source.pipelines.layouts.main,
      entries: [data, this.#table, arena, state, ring, control].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
  }

  /** Fills the persistent part of every replica's block, and the state. */
  #load(saved: readonly Checkpoint['regions'][], checkpoints: readonly Checkpoint[] = []): void {
    const { device, kernel, store } = this.#source;
    const { arena, state } = this.#buffers;
    this.#encoder.forget();
    saved.forEach((regions, replica) => {
      const at = replica * kernel.regions.stride * 4;
      const word = (stateHead + replica * stateWords) * 4;
      device.queue.writeBuffer(state, word, stateOf(this.#step, regions));
      const checkpoint = checkpoints[replica];
      if (checkpoint && store.copyBack(checkpoint, kernel, arena, at)) return;
      device.queue.writeBuffer(arena, at, persistentOf(kernel, this.#timed[replica]!.request, regions));
    });
  }

  #submit(steps: number): void {
    const { device } = this.#source;
    const control = new Uint32Array([this.#step, steps, this.#buffers.ringRows, this.count]);
    device.queue.writeBuffer(this.#buffers.control, 0, control);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#bindings);
    this.counters.dispatches += this.#encoder.encode(pass, this.#step, steps);
    pass.end();
    device.queue.submit([encoder.finish()]);
    this.#pacer.submitted(steps);
    this.counters.submits++;
    this.counters.steps += steps;
    this.#step += steps;
  }
}
