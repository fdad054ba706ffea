// The plain engine behind a device that answers late and may be lost: its numbers are real, only their arrival is not at once.
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import type { Checkpoint, CompileRequest, Engine, Kept, Program } from '../../src/engine/engine.ts';
import { nextTask } from '../../src/worker/waiting.ts';

export interface Lateness {
  /** Calls of `advance` whose rows are still on their way, at the n-th look at them. */
  readonly behind: (look: number) => number;
  /** The device is lost as soon as this step has been submitted, once per engine. */
  readonly loseAt?: number;
  /** Networks that do not compile, with the reason. */
  readonly refuse?: (request: CompileRequest) => string | undefined;
  /** Rows of these steps are overwritten before they are read. */
  readonly overwrites?: (step: number) => boolean;
  readonly id?: string;
}

/** Counts what a run asks of its device. */
interface Asked {
  /** Waits for all rows. */
  drains: number;
  /** Checkpoints that were read back, and those that nobody has disposed of. */
  read: number;
  held: number;
  compiled: number;
}

export interface LateEngine extends Engine {
  readonly asked: Asked;
  lose(): void;
}

class Device {
  readonly lost: Promise<string>;
  readonly asked: Asked = { drains: 0, read: 0, held: 0, compiled: 0 };
  isLost = false;
  #announce: (reason: string) => void = () => undefined;

  constructor() {
    this.lost = new Promise((resolve) => (this.#announce = resolve));
  }

  lose(): void {
    this.isLost = true;
    this.#announce('the GPU device was lost (destroyed)');
  }

  check(): void {
    if (this.isLost) throw new Error('late: the device is lost');
  }

  /** Any answer takes until a later task, and none comes from a device that is lost by then. */
  async answer<T>(value: T): Promise<T> {
    this.check();
    await nextTask();
    this.check();
    return value;
  }
}

function keep(device: Device, step: number, taken: Promise<Checkpoint>): Kept {
  let reading: Promise<Checkpoint> | undefined;
  let isHeld = true;
  device.asked.held++;
  return {
    step,
    read: () => {
      if (!reading) device.asked.read++;
      reading ??= taken.then((checkpoint) => device.answer(checkpoint));
      return reading;
    },
    dispose: () => {
      if (isHeld) device.asked.held--;
      isHeld = false;
    },
  };
}

class LateProgram implements Program {
  readonly #device: Device;
  readonly #lateness: Lateness;
  readonly #plain: Program;
  /** Rows of each submit, the oldest first. */
  #submits: Uint32Array<ArrayBuffer>[] = [];
  #looks = 0;
  missed = 0;

  constructor(device: Device, lateness: Lateness, request: CompileRequest) {
    this.#device = device;
    this.#lateness = lateness;
    this.#plain = compilePlain(request);
    device.asked.compiled++;
  }

  get layout() {
    return this.#plain.layout;
  }

  get step() {
    return this.#plain.step;
  }

  async advance(steps: number): Promise<void> {
    this.#device.check();
    const { loseAt = Infinity } = this.#lateness;
    const reaches = this.step < loseAt && this.step + steps >= loseAt;
    await this.#plain.advance(steps);
    this.#submits.push(this.#withoutOverwritten(await this.#plain.rows()));
    if (reaches) this.#device.lose();
    // Like a full queue: a busy device lets others have their turn.
    if (this.#submits.length > 2) await nextTask();
  }

  async rows(which: 'all' | 'arrived' = 'all'): Promise<Uint32Array<ArrayBuffer>> {
    this.#device.check();
    if (which === 'all') {
      this.#device.asked.drains++;
      await this.#device.answer(undefined);
    }
    const waiting = which === 'all' ? 0 : this.#lateness.behind(this.#looks++);
    const count = Math.max(0, this.#submits.length - waiting);
    const words = this.#submits.splice(0, count).flatMap((part) => [...part]);
    return Uint32Array.from(words);
  }

  async detail(level: Parameters<Program['detail']>[0]) {
    return this.#device.answer(await this.#plain.detail(level));
  }

  keep(): Kept {
    this.#device.check();
    return keep(this.#device, this.step, this.#plain.checkpoint());
  }

  async checkpoint(): Promise<Checkpoint> {
    return this.#device.answer(await this.#plain.checkpoint());
  }

  async restore(checkpoint: Checkpoint): Promise<void> {
    this.#device.check();
    this.#submits = [];
    await this.#plain.restore(checkpoint);
  }

  async evaluate(split: Parameters<Program['evaluate']>[0]) {
    return this.#device.answer(await this.#plain.evaluate(split));
  }

  intervene(recipe: CompileRequest['recipe']): void {
    this.#plain.intervene(recipe);
  }

  dispose(): void {
    this.#plain.dispose();
  }

  #withoutOverwritten(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    const { overwrites } = this.#lateness;
    if (!overwrites) return words;
    const { width } = this.layout;
    const left = words.filter((_, at) => !overwrites(words[Math.floor(at / width) * width] ?? -1));
    this.missed += (words.length - left.length) / width;
    return left;
  }
}

export function lateEngine(lateness: Lateness): LateEngine {
  const device = new Device();
  return {
    id: lateness.id ?? 'compiled.late',
    description: 'JavaScript that answers late',
    lost: device.lost,
    asked: device.asked,
    compile: async (request) => {
      await device.answer(undefined);
      const reason = lateness.refuse?.(request);
      if (reason !== undefined) throw new Error(reason);
      return new LateProgram(device, lateness, request);
    },
    lose: () => device.lose(),
    dispose: () => undefined,
  };
}

/** Ways of being late: steadily, hardly, in bursts, and never before somebody waits. */
export const latenesses: Readonly<Record<string, Lateness['behind']>> = {
  'one submit': () => 1,
  'six submits': () => 6,
  bursts: (look) => (look % 7 === 0 ? 0 : 12),
  'until it is waited for': () => Infinity,
};
