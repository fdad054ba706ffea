// Checkpoints on the GPU: copied there without waiting, read when somebody asks, copied back where the device still has them.
import type { Checkpoint, Kept } from '../../engine.ts';
import type { Lifeline } from '../../gpu/lifeline.ts';
import { checkpointBytes, checkpointOf, type Buffers } from './memory.ts';
import { stateHead, stateWords } from './prelude.ts';
import type { Kernel } from './stage.ts';

interface Held {
  readonly buffer: GPUBuffer;
  /** Names and sizes of the regions in it. */
  readonly signature: string;
}

function signatureOf({ regions }: Kernel): string {
  const persistent = regions.list.filter(({ offset }) => offset < regions.persistent);
  return persistent.map(({ name, size }) => `${name}:${size}`).join(' ');
}

export class CheckpointStore {
  readonly #device: GPUDevice;
  readonly #lifeline: Lifeline;
  /** Buffers of checkpoints that were read and not let go of yet. */
  readonly #held = new WeakMap<Checkpoint, Held>();

  constructor(device: GPUDevice, lifeline: Lifeline) {
    this.#device = device;
    this.#lifeline = lifeline;
  }

  keep(kernel: Kernel, { arena, state }: Buffers, replica: number, step: number): Kept {
    const bytes = checkpointBytes(kernel);
    const persistent = kernel.regions.persistent * 4;
    const buffer = this.#device.createBuffer({
      label: `checkpoint ${step}`,
      size: bytes,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(arena, replica * kernel.regions.stride * 4, buffer, 0, persistent);
    const word = (stateHead + replica * stateWords) * 4;
    encoder.copyBufferToBuffer(state, word, buffer, persistent, stateWords * 4);
    this.#device.queue.submit([encoder.finish()]);
    let reading: Promise<Checkpoint> | undefined;
    let arrived: Checkpoint | undefined;
    let disposed = false;
    return {
      step,
      read: () => {
        if (disposed && !reading)
          return Promise.reject(new Error(`checkpoint ${step}: disposed of before it was read`));
        reading ??= this.#read(kernel, buffer, step).then((checkpoint) => {
          arrived = checkpoint;
          if (!disposed) this.#held.set(checkpoint, { buffer, signature: signatureOf(kernel) });
          return checkpoint;
        });
        return reading;
      },
      dispose: () => {
        disposed = true;
        // At once, for a restore may follow in the same turn; what arrives from now on is not held.
        if (arrived) this.#held.delete(arrived);
        buffer.destroy();
      },
    };
  }

  /** Copies the persistent part of a checkpoint that this device still has; false where it has to be uploaded. */
  copyBack(checkpoint: Checkpoint, kernel: Kernel, arena: GPUBuffer, at: number): boolean {
    const held = this.#held.get(checkpoint);
    if (held?.signature !== signatureOf(kernel)) return false;
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(held.buffer, 0, arena, at, kernel.regions.persistent * 4);
    this.#device.queue.submit([encoder.finish()]);
    return true;
  }

  async #read(kernel: Kernel, buffer: GPUBuffer, step: number): Promise<Checkpoint> {
    this.#lifeline.check();
    const staging = this.#device.createBuffer({
      label: `mirror ${step}`,
      size: buffer.size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
    this.#device.queue.submit([encoder.finish()]);
    try {
      await this.#lifeline.guard(staging.mapAsync(GPUMapMode.READ));
      return checkpointOf(kernel, step, staging.getMappedRange().slice(0));
    } finally {
      staging.destroy();
    }
  }
}
