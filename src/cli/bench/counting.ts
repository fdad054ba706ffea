// Counts what a contender asks of WebGPU, by wrapping its prototypes for the length of a run that is not timed.

export interface GpuCost {
  dispatches: number;
  readbackBytes: number;
}

const countedSteps = 10;

/** Puts `observe` before a method; returns what takes it away again. */
function wrap<T extends object>(
  prototype: T,
  name: keyof T,
  observe: (self: T, args: readonly unknown[]) => void,
): () => void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  const wrapped = function (this: T, ...args: unknown[]): unknown {
    observe(this, args);
    return original.apply(this, args);
  };
  prototype[name] = wrapped as T[keyof T];
  return () => {
    prototype[name] = original as T[keyof T];
  };
}

async function costOf(run: () => Promise<void>): Promise<GpuCost> {
  const cost: GpuCost = { dispatches: 0, readbackBytes: 0 };
  const dispatched = (): void => {
    cost.dispatches++;
  };
  const mapped = (buffer: GPUBuffer, [mode, offset, size]: readonly unknown[]): void => {
    if (mode !== GPUMapMode.READ) return;
    cost.readbackBytes += typeof size === 'number' ? size : buffer.size - (Number(offset) || 0);
  };
  const restore = [
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatched),
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatched),
    wrap(GPUBuffer.prototype, 'mapAsync', mapped),
  ];
  try {
    await run();
  } finally {
    for (const undo of restore) undo();
  }
  return cost;
}

/** Per step: the difference of a long and a short run, so that what a run costs once, such as the wait at its end, drops out. */
export async function costPerStep(run: (steps: number) => Promise<void>): Promise<GpuCost> {
  const short = await costOf(() => run(countedSteps));
  const long = await costOf(() => run(2 * countedSteps));
  return {
    dispatches: (long.dispatches - short.dispatches) / countedSteps,
    readbackBytes: (long.readbackBytes - short.readbackBytes) / countedSteps,
  };
}
