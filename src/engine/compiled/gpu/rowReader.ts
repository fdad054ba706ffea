// Rows on their way from the ring to this thread: three staging buffers, at most one readback per 16 ms, nothing awaited.
import type { Lifeline } from '../../gpu/lifeline.ts';
import type { Counters } from '../../engine.ts';

const stagingBuffers = 3;
const betweenReadbacks = 16;

interface Source {
  readonly device: GPUDevice;
  readonly lifeline: Lifeline;
  readonly ring: GPUBuffer;
  readonly ringRows: number;
  /** Words of one row, and rows of one step. */
  readonly width: number;
  readonly replicas: number;
  readonly counters: Counters;
}

/** Splits rows (step by step, replica by replica) by replica; a row whose step is not the one expected was overwritten before it was read. */
export function splitRows(
  words: Uint32Array,
  from: number,
  steps: number,
  width: number,
  replicas: number,
): { readonly rows: readonly Uint32Array<ArrayBuffer>[]; readonly missed: number } {
  const kept = Array.from({ length: steps }, (_, k) => k).filter((k) =>
    Array.from({ length: replicas }, (_, r) => words[(k * replicas + r) * width]).every(
      (step) => step === from + k,
    ),
  );
  const rows = Array.from({ length: replicas }, (_, r) => {
    const own = new Uint32Array(kept.length * width);
    kept.forEach((k, index) => {
      const begin = (k * replicas + r) * width;
      own.set(words.subarray(begin, begin + width), index * width);
    });
    return own;
  });
  return { rows, missed: steps - kept.length };
}

export class RowReader {
  readonly #source: Source;
  readonly #free: GPUBuffer[] = [];
  readonly #made: GPUBuffer[] = [];
  /** Readbacks under way, oldest first. */
  #pending: Promise<void>[] = [];
  #arrived: (readonly Uint32Array<ArrayBuffer>[])[] = [];
  #last = -Infinity;
  /** First step whose row was not asked for yet. */
  #from: number;
  /** Rows before a restore are no longer wanted when they arrive. */
  #era = 0;
  missed = 0;

  constructor(source: Source, from: number) {
    this.#source = source;
    this.#from = from;
  }

  /** Steps below this have left the ring, or are copied out of it before anything that is submitted from now on. */
  get from(): number {
    return this.#from;
  }

  restart(from: number): void {
    this.#from = from;
    this.#era++;
    this.#arrived = [];
  }

  /** Starts a readback of the rows up to step `to` (exclusive) where one is due, or where `now` is asked for and a buffer is free. */
  collect(to: number, now: boolean): void {
    if (to <= this.#from || this.#source.lifeline.isOver) return;
    const time = performance.now();
    if (!now && time - this.#last < betweenReadbacks) return;
    const staging = this.#takeStaging();
    if (!staging) return;
    this.#last = time;
    const from = this.#from;
    this.#from = to;
    this.#copy(staging, from, to);
    const era = this.#era;
    const work: Promise<void> = this.#receive(staging, from, to, era, this.#pending.at(-1)).finally(() => {
      this.#pending = this.#pending.filter((other) => other !== work);
    });
    // The waiting side sees the rejection; nobody may be waiting.
    work.catch(() => undefined);
    this.#pending.push(work);
  }

  /** What has arrived, by replica, in order of steps. */
  take(): readonly Uint32Array<ArrayBuffer>[][] {
    const arrived = this.#arrived;
    this.#arrived = [];
    return arrived.map((rows) => [...rows]);
  }

  /** Resolves when every row up to step `to` has arrived, or a restart has made them unwanted. */
  async drain(to: number): Promise<void> {
    const era = this.#era;
    while (era === this.#era) {
      this.collect(to, true);
      const [oldest] = this.#pending;
      if (!oldest) {
        this.#source.lifeline.check();
        if (this.#from >= to) return;
        continue;
      }
      await oldest;
    }
  }

  /** Waits for the oldest readback, or starts one: room in the ring comes of it. */
  async makeRoom(to: number): Promise<void> {
    this.collect(to, true);
    await this.#pending[0];
  }

  dispose(): void {
    for (const buffer of this.#made) buffer.destroy();
  }

  #takeStaging(): GPUBuffer | undefined {
    const free = this.#free.pop();
    if (free || this.#made.length >= stagingBuffers) return free;
    const { device, ringRows, width, replicas } = this.#source;
    const made = device.createBuffer({
      label: 'rows',
      size: ringRows * width * replicas * 4,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.#made.push(made);
    return made;
  }

  /** The rows lie in one or two pieces, for the ring begins anew. Those of more steps than it has are gone: only the newest are read. */
  #copy(staging: GPUBuffer, from: number, to: number): void {
    const { device, ring, ringRows, width, replicas, counters } = this.#source;
    const bytes = width * replicas * 4;
    const count = Math.min(to - from, ringRows);
    const first = (to - count) % ringRows;
    const whole = Math.min(count, ringRows - first);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(ring, first * bytes, staging, 0, whole * bytes);
    if (count > whole) encoder.copyBufferToBuffer(ring, 0, staging, whole * bytes, (count - whole) * bytes);
    device.queue.submit([encoder.finish()]);
    counters.maps++;
    counters.readbackBytes += count * bytes;
  }

  async #receive(
    staging: GPUBuffer,
    from: number,
    to: number,
    era: number,
    before: Promise<void> | undefined,
  ): Promise<void> {
    const { lifeline, ringRows, width, replicas } = this.#source;
    const count = Math.min(to - from, ringRows);
    const bytes = count * width * replicas * 4;
    try {
      await lifeline.guard(staging.mapAsync(GPUMapMode.READ, 0, bytes));
    } catch (error) {
      this.#free.push(staging);
      throw error;
    }
    const words = new Uint32Array(staging.getMappedRange(0, bytes).slice(0));
    staging.unmap();
    this.#free.push(staging);
    await before;
    if (era !== this.#era) return;
    const { rows, missed } = splitRows(words, to - count, count, width, replicas);
    this.missed += missed + (to - from - count);
    this.#arrived.push(rows);
  }
}
